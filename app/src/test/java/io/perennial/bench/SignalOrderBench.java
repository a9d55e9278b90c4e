package io.perennial.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.Signals;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.world.PerennialTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the dearest signals of a whole company take to find, against the same signals with what they put at stake
 * written down exactly and in order, which is the least a reader can do and what every new score would have to write.
 * Companies differ in what customers pay: unequally as usual, evenly drawn, all the same; and in whether scores differ.
 */
@PerennialTest
@ExtendWith(FullSpeed.class)
class SignalOrderBench {

    private static final int ACCOUNTS = Integer.getInteger("bench.accounts", 20_000);
    private static final int LIMIT = 100;
    private static final int LOOKS = 20;
    private static final String ORDER =
            "(case urgency when 'now' then 1 when 'this_week' then 2 else 3 end), opened_at, id";

    @Autowired
    JdbcClient database;

    @Autowired
    Signals signals;

    @Autowired
    LiveScoring live;

    @Test
    void theDearestSignals() {
        create();
        look(
                "unequal revenue",
                "round((exp(9 + 1.5 * (random() + random() + random() - 1.5) * 2))::numeric, 2)",
                SPREAD);
        look("evenly drawn revenue", "round((1000 + random() * 50000)::numeric, 2)", SPREAD);
        look("all pay the same", "1200", SPREAD);
        look("all pay the same, all have one score", "1200", "62");
        look("all pay the same, no scores", "1200", "null");
        assertThat(signals.open(Signals.Filter.NONE, LIMIT)).hasSize(LIMIT);
        database.sql("drop schema bench cascade").update();
    }

    private static final String SPREAD =
            "greatest(0, least(100, round(60 + 15 * (random() + random() + random() - 1.5) * 2)))";

    private void create() {
        sql("drop schema if exists bench cascade");
        sql("create schema bench");
        sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                select gen_random_uuid(), 'b' || n, 'Company ' || n, now(), now() from generate_series(1, %d) n
                """.formatted(ACCOUNTS));
        sql("""
                insert into accounts.overview (account_id, external_id, name, currency)
                select id, external_id, name, (array['EUR', 'USD', 'GBP'])[1 + abs(hashtext(external_id)) %% 3]
                from accounts.account
                """.replace("%%", "%"));
        sql("""
                insert into health.score (account_id, segment, readings, weekly, week)
                select id, '', '', '{}', date '2026-11-23' from accounts.account
                """);
        sql("delete from accounts.changed");
    }

    private void look(String company, String revenue, String score) {
        sql("truncate health.signal");
        sql("truncate health.signal_tally");
        sql("update accounts.overview set changed_in = pg_current_xact_id(), arr = %s, score = %s, band = 'WATCH'"
                .formatted(revenue, score));
        sql("update accounts.overview set changed_in = pg_current_xact_id(), band = 'UNKNOWN' where score is null");
        sql("vacuum analyze accounts.overview");
        sql("""
                update accounts.overview set changed_in = pg_current_xact_id(), exact_score = coalesce(score, 50),
                    lacks_at_most = case when score is null then 50 else least(100, 100 - score + 10) end""");
        sql("""
                insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, money, currency,
                    opened_at, lacks_at_most)
                select gen_random_uuid(), account_id, cause, 1, 'open',
                       (array['now', 'this_week', 'soon'])[1 + (random() * 2.99)::int % 3], 'x', 'y', arr, currency,
                       now() - random() * interval '90 days', lacks_at_most
                from accounts.overview o, unnest(array['silence', 'detractor', 'falling_usage', 'green_with_red_fact']) cause
                where case when cause = 'green_with_red_fact' then o.score >= 70 and random() < 0.6
                           else random() < 0.5 end""");
        sql("vacuum analyze health.signal");
        sql("drop table if exists bench.signal");
        sql("""
                create table bench.signal as
                select s.*, health.at_stake(s.money, o.score, o.band) as at_stake
                from health.signal s join accounts.overview o using (account_id)""");
        sql("""
                create index dearest on bench.signal (coalesce(currency, ''), at_stake desc nulls last, %s)
                    where state in ('open', 'acknowledged')""".formatted(ORDER));
        sql("""
                create index dearest_of_cause on bench.signal (cause, coalesce(currency, ''), at_stake desc nulls last, %s)
                    where state in ('open', 'acknowledged')""".formatted(ORDER));
        sql("alter table bench.signal add primary key (id)");
        sql("vacuum analyze bench.signal");
        for (String cause : List.of("", "silence", "green_with_red_fact")) {
            times(company, cause);
        }
        live.tightenStakes();
        long start = System.nanoTime();
        live.drain();
        System.out.printf("bounds tightened in %,d ms%n", (System.nanoTime() - start) / 1_000_000);
        sql("vacuum analyze health.signal");
        times(company + ", bounds tightened", "");
        times(company + ", bounds tightened", "green_with_red_fact");
    }

    private void times(String company, String cause) {
        List<Long> ours = new ArrayList<>();
        List<Long> exact = new ArrayList<>();
        for (int i = -3; i < LOOKS; i++) {
            long first = timed(() -> signals.open(new Signals.Filter(cause, ""), LIMIT));
            long second = timed(() -> exact(cause));
            if (i >= 0) {
                ours.add(first);
                exact.add(second);
            }
        }
        System.out.printf(
                "%,d accounts, %s, cause '%s': ours p50 %.1f ms, p95 %.1f ms; written down p50 %.1f ms, p95 %.1f ms%n",
                ACCOUNTS, company, cause, share(ours, 0.5), share(ours, 0.95), share(exact, 0.5), share(exact, 0.95));
    }

    private int exact(String cause) {
        return database.sql("""
                with means as materialized (
                    select currency, sum(money) / nullif(sum(paying), 0) as mean
                    from health.signal_tally where :cause = '' or cause = :cause group by currency
                ), dearest as (
                    select s.*, m.mean from means m cross join lateral (
                        select s.id, s.at_stake, s.urgency, s.opened_at from bench.signal s
                        where s.state in ('open', 'acknowledged') and coalesce(s.currency, '') = m.currency
                          and (:cause = '' or s.cause = :cause)
                        order by s.at_stake desc nulls last, %1$s limit :limit) s
                ), first as materialized (
                    select s.id, s.at_stake / nullif(s.mean, 0) as place from dearest s
                    order by s.at_stake / nullif(s.mean, 0) desc nulls last, %1$s limit :limit
                )
                select s.*, o.external_id, o.name, o.owner_id as account_owner, o.owner_name, o.score, o.band, o.spark,
                       o.renews_on
                from first f join bench.signal s on s.id = f.id
                join accounts.overview o on o.account_id = s.account_id
                order by f.place desc nulls last
                """.formatted(ORDER))
                .param("cause", cause)
                .param("limit", LIMIT)
                .query()
                .listOfRows()
                .size();
    }

    private static double share(List<Long> nanos, double part) {
        Collections.sort(nanos);
        return nanos.get((int) Math.ceil(nanos.size() * part) - 1) / 1e6;
    }

    private static long timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private void sql(String statement) {
        database.sql(statement).update();
    }
}
