package io.perennial.usage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When on a day somebody used what key actions begin and end with. Seeing the same events again changes nothing, so it needs
 * no care about repetitions.
 */
@Component
class KeyMoments {

    private final JdbcClient database;

    KeyMoments(JdbcClient database) {
        this.database = database;
    }

    /** In the transaction of the facts. */
    void add(List<CountedRow> rows) {
        Set<Integer> features = features();
        List<CountedRow> timed = rows.stream()
                .filter(row -> row.firstSecond() >= 0
                        && row.key().user() != 0
                        && features.contains(row.key().feature()))
                .toList();
        if (timed.isEmpty()) {
            return;
        }
        database.sql("""
                insert into usage.key_moment as m (account_id, feature_id, user_id, day, first_second, last_second)
                select account_id, feature_id, user_id, day, min(first_second), max(last_second)
                from unnest(cast(:accounts as uuid[]), cast(:features as int[]), cast(:users as bigint[]),
                    cast(:days as date[]), cast(:firsts as int[]), cast(:lasts as int[]))
                    as n (account_id, feature_id, user_id, day, first_second, last_second)
                group by account_id, feature_id, user_id, day order by account_id, feature_id, user_id, day
                on conflict (account_id, feature_id, user_id, day) do update
                set first_second = least(m.first_second, excluded.first_second),
                    last_second = greatest(m.last_second, excluded.last_second)
                """)
                .param(
                        "accounts",
                        timed.stream()
                                .map(row -> row.key().on().account().toString())
                                .toArray(String[]::new))
                .param(
                        "features",
                        timed.stream().mapToInt(row -> row.key().feature()).toArray())
                .param(
                        "users",
                        timed.stream().mapToLong(row -> row.key().user()).toArray())
                .param(
                        "days",
                        timed.stream()
                                .map(row -> row.key().on().day().toString())
                                .toArray(String[]::new))
                .param(
                        "firsts",
                        timed.stream().mapToInt(CountedRow::firstSecond).toArray())
                .param("lasts", timed.stream().mapToInt(CountedRow::lastSecond).toArray())
                .update();
    }

    private Set<Integer> features() {
        return new HashSet<>(database.sql("""
                select start_feature from usage.key_action where retired_at is null
                union select finish_feature from usage.key_action where retired_at is null
                """).query(Integer.class).list());
    }
}
