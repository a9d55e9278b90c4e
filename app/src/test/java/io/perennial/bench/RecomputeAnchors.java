package io.perennial.bench;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What PostgreSQL alone needs.
 *
 * <p>{@link #score}: twelve stored values per account times the weights of its segment, upserted into a narrow table, all
 * rows being updates. {@link #allWrites}: the same sums, and in the same statement every row that people see of a new score,
 * in tables that are copies of the product's with their indexes: the row of lists, which keeps the score, and a row of
 * history. It leaves out what the product has to find out beforehand: words, signals, means, who differs.
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
        sql("create table bench.full_change (like health.score_change including all)");
        sql("create table bench.full_overview (like accounts.overview including all) with (fillfactor = 70)");
        sql("insert into bench.full_change select * from health.score_change order by account_id");
        sql("insert into bench.full_overview select * from accounts.overview order by account_id");
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
                ), judged as (
                    select account_id, score,
                        case when score < 45 then 'AT_RISK' when score < 70 then 'WATCH' else 'HEALTHY' end as band
                    from fresh
                ), stored as (
                    update bench.full_overview o set exact_score = n.score, score = round(n.score), band = n.band,
                        spark[13] = n.score::int2, basis = o.basis + 1, scored_at = now(), refreshed_at = now(),
                        money_at_risk = case when n.band = 'AT_RISK' or o.open_signals > 0 then o.arr end
                    from judged n where o.account_id = n.account_id
                    returning o.*
                )
                insert into bench.full_change (account_id, at, score, band, coverage, model_version, parts)
                select account_id, clock_timestamp(), exact_score, band, exact_coverage, model_version,
                    decode(repeat('00', 42), 'hex')
                from stored order by account_id""");
    }

    private void sql(String statement) {
        database.sql(statement).update();
    }
}
