package io.perennial.bench;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What PostgreSQL alone needs.
 *
 * <p>{@link #score}: twelve stored values per account times the weights of its segment, upserted into a narrow table, all
 * rows being updates. {@link #allWrites}: the same sums, and in the same statement every row that people see of a new score,
 * in tables that are copies of the product's with their indexes: the score with its readings and weeks, a row of history,
 * the row of lists. It leaves out what the product has to find out beforehand: words, signals, means, who differs.
 */
final class RecomputeAnchors {

    private final JdbcClient database;

    RecomputeAnchors(JdbcClient database) {
        this.database = database;
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
        long start = System.nanoTime();
        score();
        System.out.printf("the anchor for the first time: %,d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    /** Once the product has scored everybody. */
    void createWrites() {
        sql("create table bench.full_score (like health.score including all) with (fillfactor = 80)");
        sql("create table bench.full_change (like health.score_change including all)");
        sql("create table bench.full_overview (like accounts.overview including all) with (fillfactor = 70)");
        sql("insert into bench.full_score select * from health.score order by account_id");
        sql("insert into bench.full_change select * from health.score_change order by account_id");
        sql("insert into bench.full_overview select * from accounts.overview order by account_id");
        sql("vacuum analyze bench.full_score");
        sql("vacuum analyze bench.full_change");
        sql("vacuum analyze bench.full_overview");
        allWrites();
    }

    void otherValues() {
        sql("update bench.reading set value = 100 - value");
        sql("vacuum analyze bench.reading");
    }

    void score() {
        sql("""
                insert into bench.score as s
                select r.account_id, sum(r.value * w.weight) / sum(w.weight), now()
                from bench.reading r join bench.weight w using (segment, measure) group by r.account_id
                on conflict (account_id) do update set score = excluded.score, updated_at = excluded.updated_at""");
    }

    void allWrites() {
        sql("""
                with fresh as (
                    select r.account_id, sum(r.value * w.weight) / sum(w.weight) as score
                    from bench.reading r join bench.weight w using (segment, measure) group by r.account_id
                ), stored as (
                    update bench.full_score s set score = f.score, as_of = now(), basis = s.basis + 1,
                        band = case when f.score < 45 then 'AT_RISK' when f.score < 70 then 'WATCH' else 'HEALTHY' end,
                        weekly[26] = f.score::int2
                    from fresh f where s.account_id = f.account_id
                    returning s.*
                ), history as (
                    insert into bench.full_change (account_id, at, score, band, coverage, model_version, parts)
                    select account_id, clock_timestamp(), score, band, coverage, model_version, substr(readings, 1, 100)
                    from stored order by account_id
                )
                update bench.full_overview o set score = round(s.score), band = s.band, spark = s.weekly[14:26],
                    money_at_risk = case when s.band = 'AT_RISK' or o.open_signals > 0 then o.arr end,
                    refreshed_at = now()
                from stored s where s.account_id = o.account_id""");
    }

    private void sql(String statement) {
        database.sql(statement).update();
    }
}
