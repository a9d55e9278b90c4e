package io.perennial.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.events.reading.EventReading;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * From the inbox to rollups that can be seen, against COPY of the same rows into a table without an index, alternately in
 * one run. Typical: people work in sessions of some 25 events over a dozen features, half of the events name their account,
 * one in a hundred is a repetition. Sparse: hardly two events can be added up, the worst case of {@code performance.md}.
 */
@PerennialTest
@ExtendWith(FullSpeed.class)
class ReadingBench {

    private static final int EVENTS = Integer.getInteger("bench.events", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 4);
    private static final int CHUNK = 50_000;
    private static final String COLUMNS =
            " (received_on, received_at, source_id, message, kind, occurred_at, user_ref, anonymous_ref, account_ref, name, body)";
    private static final String PADDING = "x".repeat(180);

    @Autowired
    JdbcClient database;

    @Autowired
    DataSource pool;

    @Autowired
    EventReading reading;

    private final Random random = new Random(7);
    private long sent;
    private Instant now = MovableClock.START;

    @Test
    void typicalMix() throws Exception {
        company(2_000);
        measure("typical", this::typical);
    }

    @Test
    void sparseMix() throws Exception {
        company(20_000);
        measure("sparse", this::sparse);
    }

    private interface Mix {
        String row();
    }

    private void company(int accounts) {
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                select gen_random_uuid(), 'a' || n, 'Company ' || n, now(), now() from generate_series(0, :last) n
                """).param("last", accounts - 1).update();
        database.sql("""
                insert into events.membership (user_ref, since_seq, account_ref)
                select 'u' || n, 0, 'a' || n % :accounts from generate_series(0, 199999) n
                """).param("accounts", accounts).update();
        database.sql("drop table if exists events.bench_anchor").update();
        database.sql("create table events.bench_anchor (like events.inbox including defaults)")
                .update();
        database.sql("vacuum analyze").update();
    }

    private void measure(String name, Mix mix) throws SQLException, IOException {
        reading.drain();
        List<Double> speeds = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            List<byte[]> chunks = new ArrayList<>();
            for (int from = 0; from < EVENTS; from += CHUNK) {
                StringBuilder rows = new StringBuilder();
                for (int i = 0; i < CHUNK; i++) {
                    rows.append(mix.row());
                }
                chunks.add(rows.toString().getBytes(StandardCharsets.UTF_8));
            }
            double copied = seconds(() -> chunks.forEach(chunk -> copy("events.bench_anchor", chunk)));
            chunks.forEach(chunk -> copy("events.inbox", chunk));
            long cpu = cpu();
            Limits limits = new Limits(pool);
            double read = seconds(reading::drain);
            limits.close();
            double ours = (cpu() - cpu) / 1e9;
            double speed = EVENTS / read;
            if (round > 0) { // the first warms up
                speeds.add(speed);
                ratios.add(speed / (EVENTS / copied));
            }
            System.out.printf(
                    "%s round %d: COPY %,.0f/s, read to rollup %,.0f/s, ratio %.2f; JVM %.2f CPUs. Time went to: %s%n",
                    name, round, EVENTS / copied, speed, speed * copied / EVENTS, ours / read, limits);
            database.sql("truncate events.bench_anchor").update();
        }
        speeds.sort(null);
        ratios.sort(null);
        System.out.printf(
                "%s: median %,.0f events/s, %.2f of COPY; daily rows %,d, user days %,d, account days %,d%n",
                name,
                speeds.get(speeds.size() / 2),
                ratios.get(ratios.size() / 2),
                rows("usage.daily"),
                rows("usage.user_day"),
                rows("usage.account_day"));
        assertThat(database.sql("select sum(events) from usage.company_day")
                        .query(Long.class)
                        .single())
                .isEqualTo(database.sql("select sum(events) from events.source_day")
                        .query(Long.class)
                        .single());
        database.sql("drop table events.bench_anchor").update();
    }

    private long rows(String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }

    private String typical() {
        long number = sent++;
        // Some 400 people are at work at any moment; each stays for 25 events.
        long session = number / 10_000 * 400 + random.nextInt(400);
        int user = (int) (Math.floorMod(session * 7919, 50_000L));
        int feature = (int) Math.abs(random.nextGaussian() * 6);
        boolean repeated = random.nextInt(100) == 0 && number > 1_000;
        return row(
                repeated ? number - 1 - random.nextInt(1_000) : number,
                user,
                random.nextBoolean() ? "a" + user % 2_000 : "\\N",
                "feature " + feature,
                now.plusMillis(number / 5));
    }

    private String sparse() {
        long number = sent++;
        int user = random.nextInt(200_000);
        return row(number, user, "a" + user % 20_000, "feature " + random.nextInt(200), now.plusMillis(number / 5));
    }

    private String row(long message, int user, String account, String name, Instant at) {
        return String.join(
                        "\t",
                        at.toString().substring(0, 10),
                        at.toString(),
                        "1",
                        new UUID(mixed(message), mixed(~message)).toString(),
                        "1",
                        at.minusMillis(random.nextInt(5_000)).toString(),
                        "u" + user,
                        "\\N",
                        account,
                        name,
                        "{\"type\":\"track\",\"messageId\":\"" + message + "\",\"properties\":{\"note\":\"" + PADDING
                                + "\"}}")
                + "\n";
    }

    /** As good as random, and the same for the same message. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private void copy(String table, byte[] rows) {
        try (Connection connection = pool.getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + COLUMNS + " from stdin", new ByteArrayInputStream(rows), 1 << 16);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
