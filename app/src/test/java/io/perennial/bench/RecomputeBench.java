package io.perennial.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.Signals;
import io.perennial.health.measures.MeasureSource;
import io.perennial.health.model.DefaultModels;
import io.perennial.health.model.ModelProblem;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.Models;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.health.scoring.Spent;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Full recompute of a synthetic company against the plain SQL anchor, alternately in one run.
 *
 * <p>Two anchors, see {@link RecomputeAnchors}: the one that the bar names, and one statement with the writes of ours. The
 * first is one statement that multiplies twelve stored values per account by the weights of its segment and
 * upserts the score, all rows being updates: for 100,000 accounts what the performance bars call the plain SQL anchor
 * (3.0 s as updates where they were measured). It reads values that are there already, keeps no history, no reasons, no
 * signals and no list; ours reads the facts. Its table has no index but its key and no column but the score, so it is
 * the cheaper reading of the bar.
 *
 * <p>Ours is measured twice. <em>A changed model over stored readings</em> is the case of the anchor: versions of the model
 * with other weights are published in turn, so that scores really change, and no fact does. It includes sealing the
 * segment means of the new version, history, reasons, signals and rows of lists. <em>A new day, everything from facts</em>
 * does more than the anchor: everybody used the product once more, and every account is read from its facts. Sealing the
 * cohort of the new day is what live scoring does once after midnight, and is printed apart.
 */
@PerennialTest
@ExtendWith(FullSpeed.class)
class RecomputeBench {

    private static final int ACCOUNTS = Integer.getInteger("bench.accounts", 20_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 2);
    private static final int CURVES = Integer.getInteger("bench.curves", 3);
    private static final int DAYS = Integer.getInteger("bench.days", 3);
    private static final int DAYS_WARM_UP = Integer.getInteger("bench.days-warm-up", 1);
    private static final int DAYS_OF_USE = Integer.getInteger("bench.days-of-use", 90);
    private static final int POLLS = 200;

    @Autowired
    JdbcClient database;

    @Autowired
    RecomputeJob full;

    @Autowired
    Models models;

    @Autowired
    LiveScoring live;

    @Autowired
    Signals signals;

    @Autowired
    Records records;

    @Autowired
    Spent spent;

    @Autowired
    List<MeasureSource> sources;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    MovableClock clock;

    private RecomputeAnchors anchors;
    private PostgresWork postgres;

    @BeforeEach
    void aCompany() {
        long start = System.nanoTime();
        new SyntheticCompany(database, ACCOUNTS, DAYS_OF_USE).create();
        System.out.printf("made %,d accounts in %,d s%n", ACCOUNTS, (System.nanoTime() - start) / 1_000_000_000);
        anchors = new RecomputeAnchors(database);
        postgres = new PostgresWork(database);
    }

    @Test
    void recomputeAgainstPlainSql() {
        System.out.printf("first recompute of %,d accounts: %,d ms%n", ACCOUNTS, timed(full::all));
        settle();
        anchors.createWrites();
        changedModel("a changed model over stored readings", ROUNDS, "");
        changedModel("a changed model with another curve", CURVES, "0.3 -> 44");
        if (DAYS + DAYS_WARM_UP > 0) {
            newDay();
        }
        assertThat(database.sql("select count(*) from health.score")
                        .query(Integer.class)
                        .single())
                .isEqualTo(ACCOUNTS);
        dearest("", "");
        dearest("silence", "");
        dearest("green_with_red_fact", "now");
        idle();
        freshness();
        database.sql("drop schema bench cascade").update();
    }

    /**
     * Versions with other weights in turn, no fact changed: what the anchor does, with all that people see of it.
     *
     * @param knot of the first curve in every other version; where curves differ, segment means are counted anew
     */
    private void changedModel(String what, int rounds, String knot) {
        Ratios ratios = new Ratios(what);
        Ratios writes = new Ratios(what + ", against one statement with the same writes");
        for (int round = -WARM_UP; rounds > 0 && round < rounds; round++) {
            long anchor = anchored();
            long written = postgres.logged();
            long allWrites = timed(anchors::allWrites);
            long theirLog = postgres.logged() - written;
            clock.moveBy(Duration.ofMinutes(1));
            publish(Math.floorMod(round, 2) == 1, knot);
            database.sql("create table bench.was as select account_id, exact_score as score from accounts.overview")
                    .update();
            spent.take();
            spent.takeWeighed();
            long cpu = cpu();
            long theirs = postgres.spent();
            written = postgres.logged();
            long own = timed(full::all);
            String limits = limits(own, cpu() - cpu, postgres.spent() - theirs)
                    + ", log %,d bytes an account (the same writes in one statement: %,d)"
                            .formatted((postgres.logged() - written) / ACCOUNTS, theirLog / ACCOUNTS);
            if (round >= 0) {
                writes.add(round, own, allWrites, "");
                ratios.add(
                        round,
                        own,
                        anchor,
                        "%s; %,d weighed without their facts, %s".formatted(limits, spent.takeWeighed(), changed()));
            }
            database.sql("drop table bench.was").update();
        }
        ratios.report(ACCOUNTS);
        writes.report(ACCOUNTS);
        versions();
    }

    private String changed() {
        return database.sql("""
                        select format('%s scores changed, %s by a whole point or more',
                            count(*) filter (where o.exact_score <> w.score),
                            count(*) filter (where round(o.exact_score) <> round(w.score)))
                        from accounts.overview o join bench.was w using (account_id)
                        """).query(String.class).single();
    }

    /** A version beside the former one touches no index; PostgreSQL has counted them since the company was made. */
    private void versions() {
        database.sql("""
                        select format('%s: %s updates, %s of them beside the former row', schemaname || '.' || relname,
                            n_tup_upd, n_tup_hot_upd)
                        from pg_stat_user_tables
                        where (schemaname, relname) in (('health', 'score'), ('health', 'signal'), ('accounts', 'overview'))
                        """).query(String.class).list().forEach(System.out::println);
    }

    /** Use and conversations against each other by some points. */
    private void publish(boolean talk, String knot) {
        String text = DefaultModels.standard().text();
        if (talk) {
            text = moved(moved(moved(text, "active_share", -4), "days_since_conversation", 5), "nps", -1);
            text = knot.isEmpty() ? text : text.replaceFirst("0\\.3 -> \\d+", knot);
        }
        try {
            UUID draft = models.draft("Standard", text, Actor.SYSTEM);
            models.publish(draft, talk ? "Talk more" : "Use more", Actor.SYSTEM);
        } catch (ModelProblem e) {
            throw new IllegalStateException(e);
        }
    }

    private static String moved(String model, String measure, int points) {
        return Pattern.compile("(measure: " + measure + "\\b[^\\n]*\\n +weight: )(\\d+)")
                .matcher(model)
                .replaceAll(found -> found.group(1) + (Integer.parseInt(found.group(2)) + points));
    }

    private void newDay() {
        Ratios ratios = new Ratios("a new day, everything from facts (more than the anchor does)");
        for (int round = -DAYS_WARM_UP; round < DAYS; round++) {
            long anchor = anchored();
            long sealing = aNewDay();
            spent.take();
            long cpu = cpu();
            long theirs = postgres.spent();
            long own = timed(full::all);
            String limits = limits(own, cpu() - cpu, postgres.spent() - theirs);
            if (round >= 0) {
                ratios.add(round, own, anchor, "new day sealed in %,d ms; %s".formatted(sealing, limits));
            }
        }
        ratios.report(ACCOUNTS);
    }

    /** As autovacuum does beside a server that runs for longer than a measurement. */
    private void settle() {
        database.sql("vacuum analyze health.score").update();
        database.sql("vacuum analyze health.score_change").update();
        database.sql("vacuum analyze accounts.overview").update();
        database.sql("vacuum analyze health.signal").update();
        System.out.println(database.sql("""
                        select format('%s signals stand, %s of them: healthy with a red fact', count(*),
                            count(*) filter (where cause = 'green_with_red_fact'))
                        from health.signal where state in ('open', 'acknowledged', 'snoozed')
                        """).query(String.class).single());
    }

    private long anchored() {
        anchors.otherValues();
        return timed(anchors::score);
    }

    /** Threads wait for the database in every step but scoring; what the JVM computed is its processor time. */
    private String limits(long wall, long cpu, long theirs) {
        Map<Spent.On, Long> steps = spent.take();
        long sum =
                Math.max(1, steps.values().stream().mapToLong(Long::longValue).sum());
        String parts = steps.entrySet().stream()
                .sorted(Map.Entry.<Spent.On, Long>comparingByValue().reversed())
                .map(step -> step.getKey().words() + " " + 100 * step.getValue() / sum + " %")
                .collect(Collectors.joining(", "));
        return "%s; processor time: JVM %,d ms, PostgreSQL %,d ms, in %,d ms".formatted(parts, cpu, theirs, wall);
    }

    /** @return milliseconds that sealing took */
    private long aNewDay() {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        new SyntheticCompany(database, ACCOUNTS, DAYS_OF_USE).use(day);
        clock.moveBy(Duration.ofDays(1));
        return timed(this::seal);
    }

    private void seal() {
        transactions.executeWithoutResult(transaction -> sources.forEach(
                source -> source.seal(clock.instant(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))));
    }

    /** What a look for a cohort to seal costs when there is nothing to do; live scoring looks twice a second. */
    private void idle() {
        seal();
        long all = timed(() -> {
            for (int i = 0; i < POLLS; i++) {
                seal();
            }
        });
        System.out.printf("idle look for a cohort to seal: %.2f ms%n", (double) all / POLLS);
    }

    /** Revenue is drawn evenly here, which is harder than the few large customers of a usual company. */
    private void dearest(String cause, String urgency) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waits.add(timed(() -> signals.open(new Signals.Filter(cause, urgency), 100)));
        }
        Collections.sort(waits);
        System.out.printf(
                "the 100 dearest signals, cause '%s', urgency '%s': median %d ms, p95 %d ms%n",
                cause, urgency, waits.get(waits.size() / 2), waits.get((int) (waits.size() * 0.95) - 1));
    }

    /** From the commit of one changed fact to the committed score, with the whole company in the database. */
    private void freshness() {
        database.sql("delete from accounts.changed").update();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clock.moveBy(Duration.ofSeconds(1));
            Map<String, @Nullable Object> values = new HashMap<>(Map.of(
                    "account",
                    "b" + (1 + i * 37),
                    "kind",
                    "nps",
                    "score",
                    "3",
                    "answered_at",
                    clock.instant().minusSeconds(1).toString()));
            records.upsert(
                    records.type("survey-responses").orElseThrow(),
                    List.of(new RecordRow(1, "fresh" + i, values, Map.of())),
                    Actor.SYSTEM,
                    new Records.Write(null, "bench", Records.Formats.ISO));
            waits.add(timed(live::drain));
        }
        Collections.sort(waits);
        System.out.printf(
                "one changed fact to score and signals: median %d ms, p95 %d ms%n",
                waits.get(waits.size() / 2), waits.get((int) (waits.size() * 0.95)));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000;
    }

    private static long timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
