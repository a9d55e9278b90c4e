package io.perennial.crash;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that never give up: what is not acknowledged is sent again until it is, and one in five messages is sent again
 * although it was: in the same batch, in a later one, by another connection, while the first is under way. Some go away
 * before they hear the answer. Lives outside the product and outlives it, and so does its record of what was acknowledged.
 */
final class Driver implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final int BATCH = 40;
    private static final double REPEATED = 0.2;
    private static final double OF_ALL_TIMES = 0.25;
    private static final double IMPATIENT = 0.02;
    private static final int RECENT = 1_000;
    private static final Duration SPREAD = Duration.ofDays(3);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration NEXT_TO_NONE = Duration.ofMillis(4);
    private static final Duration RETRY_AFTER = Duration.ofMillis(150);

    private final int sources;
    private final Clock clock;
    private final Duration pause;
    private final List<Message> messages = new ArrayList<>();
    private final BitSet acknowledged = new BitSet();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger resent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
    private final Set<String> wrong = new ConcurrentSkipListSet<>();
    private volatile long limit = Long.MAX_VALUE;
    private volatile boolean closed;
    private int batches;

    /** @param pause of each connection between two batches */
    Driver(String server, List<String> keys, Clock clock, Duration pause, long seed) {
        this.pause = pause;
        this.sources = keys.size();
        this.clock = clock;
        for (int i = 0; i < CONNECTIONS; i++) {
            Random random = new Random(seed * CONNECTIONS + i);
            threads.add(Thread.ofPlatform().name("driver " + i).daemon().start(() -> {
                try (Sender sender = new Sender(server, keys)) {
                    run(sender, random);
                }
            }));
        }
    }

    /** So many messages are enough: ends when there are that many and all of them are acknowledged. */
    void enough(long limit) {
        this.limit = limit;
    }

    private void run(Sender sender, Random random) {
        List<Message> batch = new ArrayList<>();
        while (next(batch, random)) {
            while (!acknowledged(sender, batch, random)) {
                if (closed) {
                    return;
                }
                resent.incrementAndGet();
                sleep(RETRY_AFTER);
            }
            batch.clear();
            sleep(pause);
        }
    }

    private boolean next(List<Message> batch, Random random) {
        synchronized (messages) {
            int source = batches++ % sources;
            for (int i = 0; i < BATCH && messages.size() < limit; i++) {
                Instant at = clock.instant()
                        .minusSeconds(random.nextLong(SPREAD.toSeconds()))
                        .truncatedTo(ChronoUnit.MILLIS);
                Message message = new Message(messages.size(), source, at);
                messages.add(message);
                batch.add(message);
                if (random.nextDouble() < REPEATED) {
                    batch.add(earlier(source, random));
                    repeated.incrementAndGet();
                }
            }
            return !batch.isEmpty();
        }
    }

    /** One of the same source, of the last ones, under way or done, or of any time. */
    private Message earlier(int source, Random random) {
        int among = random.nextDouble() < OF_ALL_TIMES ? messages.size() : Math.min(RECENT, messages.size());
        while (true) {
            Message message = messages.get(messages.size() - 1 - random.nextInt(among));
            if (message.source() == source) {
                return message;
            }
        }
    }

    private boolean acknowledged(Sender sender, List<Message> batch, Random random) {
        long begun = System.nanoTime();
        try {
            Duration patience = random.nextDouble() < IMPATIENT ? NEXT_TO_NONE : PATIENCE;
            Sender.Outcome outcome = sender.send(batch.getFirst().source(), batch, patience);
            if (outcome.answer() == Sender.Answer.WRONG) {
                wrong.add(outcome.said());
            }
            if (outcome.answer() != Sender.Answer.ACKNOWLEDGED) {
                return false;
            }
        } catch (IOException noAnswer) {
            return false;
        } catch (InterruptedException closing) {
            closed = true;
            return false;
        }
        synchronized (messages) {
            batch.forEach(message -> acknowledged.set(message.number()));
        }
        newest.accumulateAndGet(begun, Math::max);
        return true;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether something was acknowledged that was sent after this {@link System#nanoTime()}. */
    boolean acknowledgedSince(long moment) {
        return newest.get() > moment;
    }

    int acknowledged() {
        synchronized (messages) {
            return acknowledged.cardinality();
        }
    }

    /** Numbers of those that were acknowledged up to now. */
    BitSet acknowledgedNow() {
        synchronized (messages) {
            return (BitSet) acknowledged.clone();
        }
    }

    /** In the order of their numbers. */
    List<Message> messages() {
        synchronized (messages) {
            return Collections.unmodifiableList(new ArrayList<>(messages));
        }
    }

    /** How often a batch was sent again because it was not acknowledged. */
    int resent() {
        return resent.get();
    }

    /** How many messages were put into a batch although they had been sent before. */
    int repeated() {
        return repeated.get();
    }

    /** Answers after which a client would throw its messages away. */
    Set<String> wrong() {
        return wrong;
    }

    boolean finished() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
