package io.perennial.health.scoring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of {@code health.score_change} on their way to the table. Two scores of one instant are rare, and looking for them
 * costs half of what being prepared for them in every row does; only one at a time writes the history of an account.
 */
final class ChangeRows {

    private static final String FRESH = """
            with fresh as materialized (
                select account, score, band, coverage, model, decode(parts, 'base64') as parts
                from unnest(:accounts::uuid[], :scores::float8[], :bands::text[], :coverages::float8[],
                            :models::uuid[], :parts::text[])
                    as t (account, score, band, coverage, model, parts)
            )
            """;

    private final List<Assessment> rows = new ArrayList<>();

    void add(Assessment assessment) {
        rows.add(assessment);
    }

    void write(JdbcClient database, Instant at) {
        write(database, at, FRESH + """
                        , again as (
                            update health.score_change c set
                                score = f.score, band = f.band, coverage = f.coverage, model_version = f.model,
                                parts = f.parts, contributions = null
                            from fresh f where c.account_id = f.account and c.at = :at
                            returning c.account_id
                        )
                        insert into health.score_change (account_id, at, score, band, coverage, model_version, parts)
                        select account, :at, score, band, coverage, model, parts from fresh
                        where account not in (select account_id from again)
                        order by account
                        """);
    }

    /** For accounts of which no change of this instant is there. */
    void writeFirst(JdbcClient database, Instant at) {
        write(database, at, FRESH + """
                        insert into health.score_change (account_id, at, score, band, coverage, model_version, parts)
                        select account, :at, score, band, coverage, model, parts from fresh order by account
                        """);
    }

    private void write(JdbcClient database, Instant at, String sql) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql(sql)
                .param("at", Timestamp.from(at))
                .param("accounts", texts(row -> row.account().toString()))
                .param("scores", rows.stream().map(row -> row.score().value()).toArray(Double[]::new))
                .param("bands", texts(row -> row.score().band().name()))
                .param(
                        "coverages",
                        rows.stream().map(row -> row.score().coverage()).toArray(Double[]::new))
                .param("models", texts(row -> row.model().id().toString()))
                .param("parts", texts(row -> Base64.getEncoder().encodeToString(Contributions.pack(row.score()))))
                .update();
    }

    private String[] texts(Function<Assessment, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
