package io.perennial.health.scoring;

import io.perennial.health.model.Part;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code health.score_change} on their way to the table. */
final class ChangeRows {

    /** The segment's mean score, kept among the contributions so that they sum to the score. */
    static final String NORM = "";

    private final List<Assessment> rows = new ArrayList<>();

    void add(Assessment assessment) {
        rows.add(assessment);
    }

    void write(JdbcClient database, Instant at) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into health.score_change
                            (account_id, at, score, band, coverage, model_version, contributions)
                        select account, :at, score, band, coverage, model, contributions::json
                        from unnest(:accounts::uuid[], :scores::float8[], :bands::text[], :coverages::float8[],
                                    :models::uuid[], :contributions::text[])
                            as t (account, score, band, coverage, model, contributions)
                        order by account
                        on conflict (account_id, at) do update set
                            score = excluded.score, band = excluded.band, coverage = excluded.coverage,
                            model_version = excluded.model_version, contributions = excluded.contributions
                        """)
                .param("at", Timestamp.from(at))
                .param("accounts", texts(row -> row.account().toString()))
                .param("scores", rows.stream().map(row -> row.score().value()).toArray(Double[]::new))
                .param("bands", texts(row -> row.score().band().name()))
                .param(
                        "coverages",
                        rows.stream().map(row -> row.score().coverage()).toArray(Double[]::new))
                .param("models", texts(row -> row.model().id().toString()))
                .param("contributions", texts(ChangeRows::contributions))
                .update();
    }

    static String contributions(Assessment assessment) {
        StringBuilder json = new StringBuilder(512);
        json.append("{\"").append(NORM).append("\":").append(assessment.score().norm());
        for (Part part : assessment.score().parts()) {
            if (part.contribution() != 0) {
                // Ids of measures are snake_case: nothing in them needs an escape.
                json.append(",\"").append(part.measure()).append("\":").append(part.contribution());
            }
        }
        return json.append('}').toString();
    }

    private String[] texts(Function<Assessment, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
