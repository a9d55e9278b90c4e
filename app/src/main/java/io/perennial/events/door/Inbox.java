package io.perennial.events.door;

import io.perennial.events.door.Parcel.Outcome;
import io.perennial.events.reading.EventReading;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The one writer. It takes everything that waits, writes it in one transaction and then answers everybody; what arrives
 * meanwhile waits for the next. So the commit is the batch window, and no timer is needed.
 *
 * <p>Stops after the web server has answered its last request, and writes what still waits before it ends.
 */
@Component
class Inbox implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** Of one transaction, so that nobody waits for all the others' rows. */
    private static final long MOST_AT_ONCE = 8L * 1024 * 1024;

    private static final long ASK_AGAIN_MS = 250;
    private static final long STOP_WITHIN_MS = 20_000;
    /** Before the pool of connections closes, after the web server has drained. */
    private static final int PHASE = 0;

    private final DataSource connections;
    private final Ledger ledger;
    private final EventReading reading;
    private final Clock clock;
    private final Room room = new Room(DoorLimits.ROOM_BYTES);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
    private volatile boolean running;
    private volatile boolean away;
    private volatile @Nullable Thread writer;

    Inbox(DataSource database, EventReading reading, Clock clock) {
        this.reading = reading;
        this.connections = OwnConnections.beside(database);
        this.ledger = new Ledger(connections);
        this.clock = clock;
    }

    /** Everything that holds events takes its memory from here. */
    Room room() {
        return room;
    }

    /** Whether the database did not answer when it was last asked. */
    boolean isAway() {
        return away;
    }

    /**
     * Lets the parcel wait for the writer.
     *
     * @throws Refused when there is no room for it or nobody to write it
     */
    void offer(Parcel parcel) throws Refused {
        if (away) {
            throw Refused.away();
        }
        if (!room.take(parcel.weight())) {
            throw Refused.full();
        }
        lock.lock();
        try {
            if (!running) {
                room.give(parcel.weight());
                throw Refused.stopping();
            }
            waiting.add(parcel);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        prepare();
        for (List<Parcel> next = next(); !next.isEmpty(); next = next()) {
            write(next);
            next.forEach(parcel -> room.give(parcel.weight()));
            if (away) {
                waitForDatabase();
            }
        }
    }

    private void prepare() {
        try {
            ledger.prepare(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        } catch (SQLException away) {
            LOG.warn("The inbox could not be prepared: {}", away.getMessage());
        }
    }

    /** Everything that waits, up to the most at once; empty when it is time to end. */
    private List<Parcel> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && running) {
                something.awaitUninterruptibly();
            }
            List<Parcel> taken = new ArrayList<>(waiting.size());
            long weight = 0;
            while (!waiting.isEmpty() && weight < MOST_AT_ONCE) {
                Parcel parcel = waiting.remove();
                weight += parcel.weight();
                taken.add(parcel);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Parcel> parcels) {
        long begun = System.nanoTime();
        try {
            ledger.write(parcels);
            reading.eventsCame(Duration.ofNanos(System.nanoTime() - begun));
            parcels.forEach(parcel -> parcel.outcome().complete(Outcome.COMMITTED));
        } catch (SQLException e) {
            if (isAboutData(e)) {
                apart(parcels, e);
            } else {
                gone(parcels, e);
            }
        } catch (RuntimeException e) {
            gone(parcels, e);
        }
    }

    /** Our own checks should leave nothing for the database to refuse; if they do, one request must not block the others. */
    private void apart(List<Parcel> parcels, SQLException why) {
        if (parcels.size() == 1) {
            LOG.error(
                    "The inbox does not take the events of a request of source {}",
                    parcels.getFirst().source(),
                    why);
            parcels.getFirst().outcome().complete(Outcome.UNSTORABLE);
            return;
        }
        for (Parcel parcel : parcels) {
            write(List.of(parcel));
        }
    }

    private void gone(List<Parcel> parcels, Exception why) {
        if (!away) {
            LOG.error("Events cannot be written, clients are asked to send again: {}", why.toString());
        }
        away = true;
        parcels.forEach(parcel -> parcel.outcome().complete(Outcome.AWAY));
    }

    /** Meanwhile nobody waits in vain. */
    private void waitForDatabase() {
        while (running && away) {
            for (List<Parcel> left = takeAll(); !left.isEmpty(); left = takeAll()) {
                left.forEach(parcel -> {
                    parcel.outcome().complete(Outcome.AWAY);
                    room.give(parcel.weight());
                });
            }
            if (ledger.answers()) {
                away = false;
                LOG.warn("The database answers again: events are taken");
            } else {
                pause();
            }
        }
    }

    private List<Parcel> takeAll() {
        lock.lock();
        try {
            List<Parcel> all = new ArrayList<>(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Class 22: a value that the column does not hold; class 23: a rule of the table. */
    private static boolean isAboutData(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        away = false;
        writer = Thread.ofPlatform().name("inbox").daemon().start(this::run);
    }

    @Override
    public synchronized void stop() {
        running = false;
        lock.lock();
        try {
            something.signalAll();
        } finally {
            lock.unlock();
        }
        Thread ending = writer;
        if (ending != null) {
            try {
                ending.join(STOP_WITHIN_MS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @PreDestroy
    void close() {
        OwnConnections.close(connections);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
