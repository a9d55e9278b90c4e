import io.perennial.shared.SecretText;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends events as clients do, over sources of its own, and counts what was acknowledged. */
class EventLoad {

    private static final int SOURCES = 8;
    /** Message ids of one connection. */
    static final long IDS = 100_000_000;

    private static final int LOOK_EVERY_MS = 5;
    private static final long READER_OFF_AFTER = TimeUnit.SECONDS.toNanos(10);

    private final URI server;
    private final Database database;
    private final ServerWork work;
    private final List<String> keys = new ArrayList<>();
    private final AtomicLong messages = new AtomicLong(1);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** Makes the sources, and the customers whom {@link EventSender} names: events of nobody would be put aside. */
    EventLoad(URI server, ServerWork work, Connection connection) throws SQLException {
        this.server = server;
        this.work = work;
        this.database = new Database(connection);
        database.run("delete from events.source where name like 'ingest %'");
        database.run("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                select gen_random_uuid(), 'account-' || lpad(n::text, 4, '0'), 'Customer ' || n, now(), now()
                from generate_series(0, %d) n on conflict do nothing""".formatted(EventSender.ACCOUNTS - 1));
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into events.source (name, key_hash, key_shown, created_at, created_by) values (?, ?, ?, ?, 'bench')")) {
            for (int i = 0; i < SOURCES; i++) {
                SecretText text = new SecretText("wk_");
                String key = text.fresh();
                insert.setString(1, "ingest " + i + " " + System.currentTimeMillis());
                insert.setBytes(2, SecretText.hash(key));
                insert.setString(3, text.shown(key));
                insert.setTimestamp(4, Timestamp.from(Instant.now()));
                insert.executeUpdate();
                keys.add(key);
            }
        }
    }

    /** The write key of one of its sources. */
    String key(int source) {
        return keys.get(source);
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long failed() {
        return failed.get();
    }

    /** @param perSecond acknowledged events; shares are cores */
    record Result(long events, double perSecond, double generatorShare, double serverShare) {}

    /** Closed loop: each connection sends as soon as it was answered. */
    Result closed(int connections, int events, int seconds) throws Exception {
        double generator = cpu();
        double servers = work.spent();
        long started = System.nanoTime();
        long until = started + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong taken = new AtomicLong();
        inParallel(connections, number -> {
            try (EventSender sender = new EventSender(server, keys.get(number % SOURCES), events, messages.getAndAdd(IDS))) {
                while (System.nanoTime() < until) {
                    if (sender.send() == 200) {
                        taken.addAndGet(events);
                    } else {
                        failed.incrementAndGet();
                    }
                }
            }
        });
        acknowledged.addAndGet(taken.get());
        double ms = (System.nanoTime() - started) / 1e6;
        return new Result(taken.get(), taken.get() / ms * 1_000, (cpu() - generator) / ms, (work.spent() - servers) / ms);
    }

    /** One request of the open loop: the last of its message ids, and milliseconds from when it was due to its answer. */
    record Sent(long lastMessage, long answeredAt, double waited) {}

    /** Open loop: sent when it is due, and waited for since then, however late the generator is. */
    List<Sent> steady(double eventsPerSecond, int batch, int connections, int seconds) throws Exception {
        double between = connections * batch / eventsPerSecond * 1e9;
        int each = (int) (seconds * 1e9 / between);
        Sent[] sent = new Sent[connections * each];
        List<EventSender> senders = new ArrayList<>();
        long firstMessage = messages.getAndAdd(IDS * connections);
        for (int number = 0; number < connections; number++) {
            senders.add(new EventSender(server, keys.get(number % SOURCES), batch, firstMessage + number * IDS));
        }
        long started = System.nanoTime() + 100_000_000; // what the generator has to prepare is no wait of a client
        inParallel(connections, number -> {
            long message = firstMessage + number * IDS;
            try (EventSender sender = senders.get(number)) {
                for (int i = 0; i < each; i++) {
                    long due = started + (long) (between * (i + number / (double) connections));
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    if (sender.send() == 200) {
                        acknowledged.addAndGet(batch);
                    } else {
                        failed.incrementAndGet();
                    }
                    long now = System.nanoTime();
                    sent[number * each + i] = new Sent(message + (i + 1L) * batch - 1, now, (now - due) / 1e6);
                }
            }
        });
        return List.of(sent);
    }

    /** Waits until the reader has read what came in, or seems to be off. */
    void caughtUp() throws Exception {
        long behind = Long.MAX_VALUE;
        long movedAt = System.nanoTime();
        while (behind > 0 && System.nanoTime() - movedAt < READER_OFF_AFTER) {
            long now = database.number("select (select coalesce(max(seq), 0) from events.inbox) - (select coalesce(max(seq), 0) from events.cursor where reader = 'use')");
            movedAt = now < behind ? System.nanoTime() : movedAt;
            behind = now;
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }

    interface Work {
        void by(int number) throws Exception;
    }

    static void inParallel(int many, Work work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                tasks.add(() -> {
                    work.by(number);
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    /** Milliseconds of this process. */
    private static double cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }
}
