package io.perennial.crash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that never gives up: what is not acknowledged is sent again until it is, one in five messages is sent twice
 * although it was. Lives outside the product, and outlives it.
 */
final class Driver implements AutoCloseable {

    private static final int BATCH = 40;
    private static final double REPEATED = 0.2;
    private static final Duration SPREAD = Duration.ofDays(3);
    private static final Duration RETRY_AFTER = Duration.ofMillis(200);

    private final Sender sender;
    private final Random random;
    private final long limit;
    private final Instant begin;
    private final List<Message> acknowledged = new ArrayList<>();
    private final AtomicLong resent = new AtomicLong();
    private final Thread thread;
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean finished;

    Driver(Sender sender, long limit, long seed) {
        this.sender = sender;
        this.limit = limit;
        this.random = new Random(seed);
        this.begin = Clock.systemUTC().instant();
        this.thread = Thread.ofPlatform().name("driver").daemon().start(this::run);
    }

    /** Sends from now on as if it were that much later: over midnight, over the end of a month. */
    void leap(Duration ahead) {
        this.ahead = ahead;
    }

    private void run() {
        for (long number = 0; number < limit; ) {
            List<Message> batch = new ArrayList<>();
            List<Message> fresh = new ArrayList<>();
            for (; fresh.size() < BATCH && number < limit; number++) {
                Message message = new Message(
                        number,
                        begin.minusSeconds(random.nextLong(SPREAD.toSeconds()))
                                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
                fresh.add(message);
                batch.add(message);
                List<Message> earlier = acknowledged();
                if (random.nextDouble() < REPEATED && !earlier.isEmpty()) {
                    batch.add(earlier.get(random.nextInt(earlier.size())));
                }
            }
            if (!sent(batch)) {
                return;
            }
            synchronized (acknowledged) {
                acknowledged.addAll(fresh);
            }
        }
        finished = true;
    }

    private boolean sent(List<Message> batch) {
        while (true) {
            try {
                sender.send(batch, Clock.systemUTC().instant().plus(ahead));
                return true;
            } catch (Exception notAcknowledged) {
                resent.incrementAndGet();
                try {
                    Thread.sleep(RETRY_AFTER);
                } catch (InterruptedException e) {
                    return false;
                }
            }
        }
    }

    /** In the order of their acknowledgement; one writer, and a view that only grows. */
    List<Message> acknowledged() {
        synchronized (acknowledged) {
            return List.copyOf(acknowledged.subList(Math.max(0, acknowledged.size() - 1_000), acknowledged.size()));
        }
    }

    List<Message> all() {
        synchronized (acknowledged) {
            return List.copyOf(acknowledged);
        }
    }

    long resent() {
        return resent.get();
    }

    boolean finished() {
        return finished;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
