package io.perennial.health.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What scores rest on, on its way to {@code health.score}, column by column, in one statement. */
final class ScoreRows {

    private final List<StoredScore> rows = new ArrayList<>();

    void add(StoredScore row) {
        rows.add(row);
    }

    void write(JdbcClient database) {
        if (rows.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into health.score as s (account_id, segment, readings, weekly, week)
                        select account, segment, decode(readings, 'base64'), weekly::smallint[], week
                        from unnest(:accounts::uuid[], :segments::text[], :readings::text[], :weeklies::text[],
                                    :weeks::date[]) as t (account, segment, readings, weekly, week)
                        order by account
                        on conflict (account_id) do update set
                            segment = excluded.segment, readings = excluded.readings, weekly = excluded.weekly,
                            week = excluded.week
                        """)
                .param("accounts", texts(row -> row.account().toString()))
                .param("segments", texts(StoredScore::segment))
                .param("readings", texts(row -> Base64.getEncoder().encodeToString(row.readings())))
                .param("weeklies", texts(row -> literal(Arrays.copyOf(row.weekly(), Weeks.KEPT - 1))))
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
