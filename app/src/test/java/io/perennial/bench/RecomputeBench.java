package io.perennial.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.scoring.LiveScoring;
import io.perennial.health.scoring.RecomputeJob;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Full recompute of a synthetic company against the plain SQL anchor, alternately in one run: the anchor multiplies
 * twelve stored values per account by the segment's weights and upserts the score; ours reads every measure from the
 * facts, scores, explains, keeps history and signals and refreshes the overview.
 */
@PerennialTest
class RecomputeBench {

    private static final int ACCOUNTS = Integer.getInteger("bench.accounts", 20_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    @Autowired
    JdbcClient database;

    @Autowired
    RecomputeJob full;

    @Autowired
    LiveScoring live;

    @Autowired
    Records records;

    @Autowired
    MovableClock clock;

    @Test
    void recomputeAgainstPlainSql() {
        company();
        anchorTables();
        long first = timed(full::all);
        System.out.printf("first recompute of %,d accounts: %,d ms%n", ACCOUNTS, first);
        List<Double> ratios = new ArrayList<>();
        List<Long> ours = new ArrayList<>();
        List<Long> anchors = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            database.sql("update bench.reading set value = 100 - value").update();
            database.sql("vacuum analyze bench.reading").update();
            long anchor = timed(this::anchor);
            clock.moveBy(Duration.ofDays(1));
            long own = timed(full::all);
            ours.add(own);
            anchors.add(anchor);
            ratios.add((double) own / anchor);
            System.out.printf(
                    "round %d: ours %,d ms, anchor %,d ms, ratio %.2f%n", round, own, anchor, (double) own / anchor);
        }
        Collections.sort(ratios);
        System.out.printf(
                "recompute %,d accounts: median ratio %.2f (%.2f to %.2f), ours %d..%d ms, anchor %d..%d ms; floor 2.0, moonshot 1.0%n",
                ACCOUNTS,
                ratios.get(ratios.size() / 2),
                ratios.getFirst(),
                ratios.getLast(),
                Collections.min(ours),
                Collections.max(ours),
                Collections.min(anchors),
                Collections.max(anchors));
        assertThat(database.sql("select count(*) from health.score")
                        .query(Integer.class)
                        .single())
                .isEqualTo(ACCOUNTS);
        freshness();
        database.sql("drop schema bench cascade").update();
    }

    /** From the commit of one changed fact to the committed score, with the whole company in the database. */
    private void freshness() {
        database.sql("delete from accounts.changed").update();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clock.moveBy(Duration.ofSeconds(1));
            Map<String, @org.jspecify.annotations.Nullable Object> values = new HashMap<>(Map.of(
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

    private void company() {
        sql("""
                insert into accounts.account (id, external_id, name, segment, created_at, updated_at)
                select gen_random_uuid(), 'b' || n, 'Company ' || n,
                       (array['Enterprise', 'Mid-market', 'SMB'])[1 + mod(n, 3)], now(), now()
                from generate_series(1, %d) n""".formatted(ACCOUNTS));
        sql("""
                insert into accounts.contact (id, external_id, account_id, name, roles, left_on, created_at, updated_at)
                select gen_random_uuid(), a.external_id || '-' || k, a.id, 'Person ' || k,
                       case k when 1 then array['decision_maker'] else array['user'] end,
                       case when random() < .03 then date '2026-11-01' end, now(), now()
                from accounts.account a, generate_series(1, 3) k""");
        sql("""
                insert into contracts.contract_line (id, external_id, account_id, product, kind, amount, period, currency,
                    starts_on, ends_on, seats, created_at, updated_at)
                select gen_random_uuid(), external_id || '-l', id, 'Planner', 'subscription', 1000 + (random() * 90000)::int,
                       'year', 'EUR', date '2025-01-01' + (random() * 300)::int, date '2026-12-01' + (random() * 360)::int,
                       10 + (random() * 90)::int, now(), now()
                from accounts.account""");
        sql("""
                insert into cases.support_case (id, external_id, account_id, opened_at, first_response_at, resolved_at,
                    priority, created_at, updated_at)
                select gen_random_uuid(), a.external_id || '-c' || k, a.id, o.at, o.at + interval '3 hours',
                       o.at + interval '2 days', 'medium', now(), now()
                from accounts.account a, generate_series(1, 6) k,
                     lateral (select timestamptz '2026-11-20' - (random() * 180 + 0 * k) * interval '1 day' as at) o""");
        sql("""
                insert into surveys.survey_response (id, external_id, account_id, kind, score, answered_at, created_at, updated_at)
                select gen_random_uuid(), external_id || '-s', id, 'nps', (random() * 10)::int,
                       timestamptz '2026-11-20' - random() * 200 * interval '1 day', now(), now()
                from accounts.account where random() < .6""");
        sql("""
                insert into engagement.touchpoint (id, external_id, account_id, kind, direction, at, created_at, updated_at)
                select gen_random_uuid(), a.external_id || '-t' || k, a.id, 'call', 'both', o.at, now(), now()
                from accounts.account a, generate_series(1, 4) k,
                     lateral (select timestamptz '2026-11-20' - (random() * 200 + 0 * k) * interval '1 day' as at) o""");
        sql("""
                insert into usage.feature (id, name, first_used_on, created_at)
                select n, 'feature ' || n, date '2026-08-01', now() from generate_series(1, 12) n""");
        sql("""
                insert into usage.account_day (account_id, day, events, active_users, seconds, errors, features)
                select a.id, d.day::date, 5 + (random() * 60)::int, 1 + (random() * 15)::int, 600, 0, array[1, 2, 3]
                from accounts.account a,
                     generate_series(timestamp '2026-08-26', timestamp '2026-11-23', interval '1 day') d (day)
                where random() < .8""");
        sql("""
                insert into usage.company_day (day, events, active_users, accounts)
                select day, sum(events), sum(active_users), count(*) from usage.account_day group by day""");
        sql("""
                insert into usage.cohort_day (day, events, active_users, features, sealed_at)
                select day, events, active_users, 12, now() from usage.company_day""");
        sql("vacuum analyze");
    }

    private void anchorTables() {
        sql("drop schema if exists bench cascade");
        sql("create schema bench");
        sql("create table bench.reading (account_id uuid, segment text, measure int, value float8)");
        sql("""
                insert into bench.reading
                select id, segment, m, random() * 100 from accounts.account, generate_series(1, 12) m""");
        sql("create table bench.weight (segment text, measure int, weight float8, primary key (segment, measure))");
        sql("""
                insert into bench.weight select s, m, 1 + random() * 9
                from unnest(array['Enterprise', 'Mid-market', 'SMB']) s, generate_series(1, 12) m""");
        sql("create table bench.score (account_id uuid primary key, score float8, updated_at timestamptz)");
        sql("vacuum analyze bench.reading");
        anchor();
    }

    private void anchor() {
        sql("""
                insert into bench.score as s
                select r.account_id, sum(r.value * w.weight) / sum(w.weight), now()
                from bench.reading r join bench.weight w using (segment, measure) group by r.account_id
                on conflict (account_id) do update set score = excluded.score, updated_at = excluded.updated_at""");
    }

    private void sql(String statement) {
        database.sql(statement).update();
    }

    private static long timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
