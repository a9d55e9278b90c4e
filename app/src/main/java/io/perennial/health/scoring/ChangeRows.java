package io.perennial.health.scoring;

import io.perennial.health.model.Band;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Rows of {@code health.score_change} on their way to the table. Two scores of one instant are rare, and looking for them
 * costs half of what being prepared for them in every row does; only one at a time writes the history of an account.
 */
final class ChangeRows {

    private static final String FRESH = """
            with fresh as materialized (
                select account, at, score, band, coverage, model, parts
                from unnest(:accounts::uuid[], :ats::timestamptz[], :scores::float8[], :bands::text[],
                            :coverages::float8[], :models::uuid[], :parts::bytea[])
                    as t (account, at, score, band, coverage, model, parts)
            )
            """;

    private final List<Row> rows = new ArrayList<>();

    private record Row(
            AccountId account, Instant at, double score, Band band, double coverage, UUID model, byte[] parts) {}

    void add(Assessment assessment, Instant at) {
        add(assessment.account(), assessment.model(), assessment.score(), at);
    }

    void add(AccountId account, ModelVersion model, Score score, Instant at) {
        rows.add(new Row(
                account, at, score.value(), score.band(), score.coverage(), model.id(), Contributions.pack(score)));
    }

    void write(JdbcClient database) {
        write(database, FRESH + """
                , again as (
                    update health.score_change c set
                        score = f.score, band = f.band, coverage = f.coverage, model_version = f.model,
                        parts = f.parts, contributions = null
                    from fresh f where c.account_id = f.account and c.at = f.at
                    returning c.account_id, c.at
                )
                insert into health.score_change (account_id, at, score, band, coverage, model_version, parts)
                select account, at, score, band, coverage, model, parts from fresh
                where (account, at) not in (select account_id, at from again)
                order by account
                """);
    }

    /** For accounts of which no change of these instants is there. */
    void writeFirst(JdbcClient database) {
        write(database, FRESH + """
                insert into health.score_change (account_id, at, score, band, coverage, model_version, parts)
                select account, at, score, band, coverage, model, parts from fresh order by account, at
                """);
    }

    private void write(JdbcClient database, String sql) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql(sql)
                .param(
                        "accounts",
                        new SqlArrayValue(
                                "uuid",
                                rows.stream().map(row -> row.account().value()).toArray()))
                .param("ats", texts(row -> row.at().toString()))
                .param("scores", rows.stream().map(Row::score).toArray(Double[]::new))
                .param("bands", texts(row -> row.band().name()))
                .param("coverages", rows.stream().map(Row::coverage).toArray(Double[]::new))
                .param("models", texts(row -> row.model().toString()))
                .param("parts", new SqlArrayValue("bytea", (Object[])
                        rows.stream().map(Row::parts).toArray(byte[][]::new)))
                .update();
    }

    private String[] texts(Function<Row, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
