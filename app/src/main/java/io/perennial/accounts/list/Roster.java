package io.perennial.accounts.list;

import io.perennial.accounts.list.RosterReader.News;
import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The accounts of a large company in memory, column by column, to filter, sort and sum them in a few milliseconds. It
 * is never older than the database: before each answer it reads what transactions have written that it has not seen.
 * About 400 bytes an account. Small companies do without, and so does one too large for the memory: the database answers.
 */
@Component
class Roster {

    /** Below, the database is as quick. */
    static final int FEWEST = 5_000;

    /** Accounts held at most, about 100 MB. */
    static final int MOST = 250_000;

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(Roster.class);

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final GoneAccounts gone;
    private final int fewest;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantReadWriteLock columns = new ReentrantReadWriteLock();
    private volatile @Nullable RosterReader reader;
    private volatile long lookedAt;

    /** Readings of news begun, and the last one that succeeded; written by whoever holds {@link #reading}. */
    private volatile long begun;

    private long finished;

    @org.springframework.beans.factory.annotation.Autowired
    Roster(JdbcClient database, TransactionOperations transactions, Clock clock, GoneAccounts gone) {
        this(database, transactions, clock, gone, FEWEST);
    }

    Roster(JdbcClient database, TransactionOperations transactions, Clock clock, GoneAccounts gone, int fewest) {
        this.gone = gone;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.fewest = fewest;
        this.lookedAt = System.nanoTime() - LOOK_AGAIN.toNanos();
    }

    /** Empty when the database has to answer. */
    <T> Optional<T> ask(ListView view, Viewer viewer, Function<RosterQuery, T> question) {
        if (!RosterQuery.understands(view) || writing() || !upToDate()) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        columns.readLock().lock();
        try {
            RosterReader present = reader;
            return present == null
                    ? Optional.empty()
                    : Optional.of(question.apply(new RosterQuery(present.columns(), view, viewer, today)));
        } finally {
            columns.readLock().unlock();
        }
    }

    /** Whoever writes sees what nobody else may see yet; it must not come into the common copy. */
    private static boolean writing() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }

    @EventListener(ApplicationReadyEvent.class)
    void fill() {
        Thread.ofVirtual().name("roster").start(this::load);
    }

    private boolean upToDate() {
        if (reader == null) {
            if (System.nanoTime() - lookedAt > LOOK_AGAIN.toNanos()) {
                fill();
            }
            return false;
        }
        // A reading that began before this question came may have missed the newest; those who wait together share one.
        long needed = begun + 1;
        reading.lock();
        try {
            if (finished >= needed) {
                return reader != null;
            }
            long mine = begun + 1;
            begun = mine;
            boolean follows = readNews();
            finished = mine;
            return follows;
        } finally {
            reading.unlock();
        }
    }

    /** Readings follow each other: an older one must never overwrite a newer one. */
    private boolean readNews() {
        RosterReader present = reader;
        if (present == null) {
            return false;
        }
        News news = present.readNews();
        boolean follows = !news.everythingGone()
                && present.columns().size() <= MOST
                && System.nanoTime() - present.readAt() < GoneAccounts.KEPT.toNanos() / 2;
        if (!news.gone().isEmpty()) {
            gone.inBackground();
        }
        if (follows && news.isNothing()) {
            present.apply(news);
            return true;
        }
        columns.writeLock().lock();
        try {
            if (follows) {
                present.apply(news);
            } else {
                reader = null;
            }
            return follows;
        } finally {
            columns.writeLock().unlock();
        }
    }

    /** Reads everything, unless the company is too small or too large for that. */
    void load() {
        if (!reading.tryLock()) {
            return;
        }
        try {
            lookedAt = System.nanoTime();
            int accounts = database.sql("select count(*) from (select from accounts.overview limit :most) counted")
                    .param("most", MOST + 1)
                    .query(Integer.class)
                    .single();
            if (reader == null && accounts >= fewest && accounts <= MOST) {
                RosterReader fresh = new RosterReader(database);
                transactions.executeWithoutResult(transaction -> fresh.readAll());
                reader = fresh;
                log.info("Lists of {} accounts are answered from memory.", accounts);
            }
        } catch (RuntimeException e) {
            log.warn("The accounts could not be read into memory; the database answers.", e);
        } finally {
            reading.unlock();
        }
    }
}
