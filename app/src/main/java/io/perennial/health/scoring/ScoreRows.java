package io.perennial.health.scoring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code health.score} on their way to the table, column by column, in one statement. */
final class ScoreRows {

    private final List<StoredScore> rows = new ArrayList<>();

    void add(StoredScore row) {
        rows.add(row);
    }

    void write(JdbcClient database, Instant asOf) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into health.score as s (account_id, score, band, coverage, segment, model_version, reason,
                            readings, weekly, week, basis, lacks_at_most, as_of)
                        select account, score, band, coverage, segment, model, reason, decode(readings, 'base64'),
                               weekly::smallint[], week, basis, lacks, :asOf
                        from unnest(:accounts::uuid[], :scores::float8[], :bands::text[], :coverages::float8[],
                                    :segments::text[], :models::uuid[], :reasons::text[], :readings::text[],
                                    :weeklies::text[], :weeks::date[], :bases::int8[], :lacks::int2[])
                            as t (account, score, band, coverage, segment, model, reason, readings, weekly, week, basis, lacks)
                        order by account
                        on conflict (account_id) do update set
                            score = excluded.score, band = excluded.band, coverage = excluded.coverage,
                            segment = excluded.segment, model_version = excluded.model_version,
                            reason = excluded.reason, readings = excluded.readings,
                            weekly = excluded.weekly, week = excluded.week, basis = excluded.basis,
                            lacks_at_most = excluded.lacks_at_most,
                            as_of = excluded.as_of
                        """)
                .param("asOf", Timestamp.from(asOf))
                .param("accounts", texts(row -> row.account().toString()))
                .param("scores", rows.stream().map(StoredScore::score).toArray(Double[]::new))
                .param("bands", texts(row -> row.band().name()))
                .param("coverages", rows.stream().map(StoredScore::coverage).toArray(Double[]::new))
                .param("segments", texts(StoredScore::segment))
                .param("models", texts(row -> row.model().toString()))
                .param("reasons", texts(StoredScore::reason))
                .param("readings", texts(row -> Base64.getEncoder().encodeToString(row.readings())))
                .param("weeklies", texts(row -> literal(row.weekly())))
                .param("lacks", rows.stream().map(StoredScore::lacks).toArray(Short[]::new))
                .param("bases", rows.stream().map(StoredScore::basis).toArray(Long[]::new))
                .param("weeks", texts(row -> row.week().toString()))
                .update();
    }

    static String literal(short[] weekly) {
        return IntStream.range(0, weekly.length)
                .mapToObj(i -> Short.toString(weekly[i]))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String[] texts(Function<StoredScore, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
