package io.perennial.events.reading;

import io.perennial.platform.background.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns the inbox into counted use, in its order, one batch and one transaction at a time: what was made of a batch and how
 * far reading has come are committed together or not at all. An event that cannot be read is found by halving its batch and
 * parked with its error; the others go on.
 */
@Component
public class EventReading extends Loop {

    static final int BATCH = 75_000;

    /** While those who answer clients are slow: little at a time, and then {@link #YIELD} times as long nothing. */
    static final int SMALL_BATCH = 5_000;

    private static final int YIELD = 3;
    private static final Duration LONGEST_YIELD = Duration.ofMillis(500);

    /** A commit of arriving events that takes longer is slow; those who wait for it wait twice as long at most. */
    private static final Duration SLOW_COMMIT = Duration.ofMillis(8);

    /** How long one slow commit counts. */
    private static final Duration PRESSURE = Duration.ofSeconds(3);

    /** Events that wait longer than this for being counted are worth slower answers. */
    private static final Duration OVERDUE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_RECORDS = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(EventReading.class);

    private final InboxReader inbox;
    private final Reading reading;
    private final Volume volume;
    private final Parked parked;
    private final Partitions partitions;
    private final TransactionOperations transactions;
    private final Clock clock;
    private volatile boolean recordsCame = true;
    private long lookedForRecords = System.nanoTime();
    private volatile long pressedUntil = System.nanoTime();
    private volatile Instant waitingSince = Instant.MAX;

    EventReading(
            InboxReader inbox,
            Reading reading,
            Volume volume,
            Parked parked,
            Partitions partitions,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.events.reading:true}") boolean enabled) {
        super("event reading", PAUSE_AFTER_FAILURE, enabled);
        this.inbox = inbox;
        this.reading = reading;
        this.volume = volume;
        this.parked = parked;
        this.partitions = partitions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Events were committed.
     *
     * @param took how long the commit took with everything before it
     */
    public void eventsCame(Duration took) {
        if (took.compareTo(SLOW_COMMIT) > 0) {
            pressedUntil = System.nanoTime() + PRESSURE.toNanos();
        }
        wake();
    }

    /** Accounts or contacts were committed: events may have waited for them. */
    void recordsCame() {
        recordsCame = true;
        wake();
    }

    /**
     * Reads everything that waits now and returns when nothing is left.
     *
     * @return how many events were taken, repetitions included
     */
    public int drain() {
        partitions.keep();
        int taken = 0;
        for (int batch = batch(BATCH); batch > 0; batch = batch(BATCH)) {
            taken += batch;
        }
        while (release()) {
            // until nothing waits that need not
        }
        return taken;
    }

    /** @return how many rows of the inbox were read, 0 when none waits */
    synchronized int batch(int most) {
        AtomicReference<InboxReader.@Nullable Part> next = new AtomicReference<>();
        try {
            transactions.executeWithoutResult(transaction -> {
                inbox.alone();
                InboxReader.Part part = inbox.next(most);
                next.set(part);
                waitingSince = part == null ? Instant.MAX : part.since();
                if (part != null) {
                    read(part);
                }
            });
        } catch (RuntimeException e) {
            InboxReader.Part failed = next.get();
            if (failed == null || passing(e)) {
                throw e;
            }
            halve(failed, e);
        }
        InboxReader.Part done = next.get();
        return done == null ? 0 : done.rows();
    }

    private void read(InboxReader.Part part) {
        Instant now = clock.instant();
        InboxReader.Taken taken = inbox.take(part);
        if (reading.read(taken.fresh(), now)) {
            recordsCame = true;
        }
        volume.add(taken);
        inbox.moveTo(part);
    }

    private void halve(InboxReader.Part part, RuntimeException why) {
        if (part.rows() == 1) {
            log.warn("Event {} could not be read and is parked", part.last(), why);
            transactions.executeWithoutResult(transaction -> {
                inbox.alone();
                if (inbox.cursor() <= part.after()) {
                    parked.park(part, why);
                    inbox.moveTo(part);
                }
            });
            return;
        }
        InboxReader.Part first = Objects.requireNonNull(inbox.part(part.after(), part.last(), part.rows() / 2));
        again(first);
        again(Objects.requireNonNull(inbox.part(first.last(), part.last(), part.rows())));
    }

    private void again(InboxReader.Part part) {
        try {
            transactions.executeWithoutResult(transaction -> {
                inbox.alone();
                if (inbox.cursor() <= part.after()) {
                    read(part);
                }
            });
        } catch (RuntimeException e) {
            if (passing(e)) {
                throw e;
            }
            halve(part, e);
        }
    }

    /** No event is to blame for a lost connection, a deadlock or a statement that is wrong: the whole batch comes again. */
    private static boolean passing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof BadSqlGrammarException
                || e instanceof TransactionException;
    }

    /**
     * Another instance of the product may have written records without telling this one, so it looks now and then.
     *
     * @return whether more waits than could be counted at once
     */
    private synchronized boolean release() {
        boolean asked = recordsCame;
        if (!asked && System.nanoTime() - lookedForRecords < LOOK_FOR_RECORDS.toNanos()) {
            return false;
        }
        recordsCame = false;
        lookedForRecords = System.nanoTime();
        try {
            boolean more = Boolean.TRUE.equals(transactions.execute(transaction -> {
                inbox.alone();
                return reading.release(inbox.cursor(), clock.instant());
            }));
            recordsCame |= more;
            return more;
        } catch (RuntimeException e) {
            recordsCame = true;
            throw e;
        }
    }

    @Override
    protected Duration step() {
        partitions.keep();
        boolean yielding = yielding();
        int most = yielding ? SMALL_BATCH : BATCH;
        long begun = System.nanoTime();
        int taken = batch(most);
        boolean more = taken < most && release();
        if (taken == 0) {
            return more ? Duration.ZERO : POLL;
        }
        if (yielding) {
            LockSupport.parkNanos(Math.min(YIELD * (System.nanoTime() - begun), LONGEST_YIELD.toNanos()));
        }
        return Duration.ZERO;
    }

    /** Answers come first: who sends events waits for them, who looks at what became of them does not yet. */
    private boolean yielding() {
        return System.nanoTime() - pressedUntil < 0
                && waitingSince.isAfter(clock.instant().minus(OVERDUE));
    }
}
