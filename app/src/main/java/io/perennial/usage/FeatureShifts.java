package io.perennial.usage;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/** Names the feature whose use fell most, for accounts whose use fell. */
@Component
class FeatureShifts {

    private final JdbcClient database;

    FeatureShifts(JdbcClient database) {
        this.database = database;
    }

    /** Clauses such as "export 410 to 156 a week", by account; accounts without features are left out. */
    Map<UUID, String> largestFalls(Collection<UUID> accounts, LocalDate last) {
        Map<UUID, String> clauses = new HashMap<>();
        if (accounts.isEmpty()) {
            return clauses;
        }
        database.sql("""
                select k.account_id, fallen.name, fallen.before, fallen.after
                from unnest(:accounts) as k (account_id)
                cross join lateral (
                    select coalesce(f.shown_as, f.name) as name, s.before, s.after
                    from (
                        select d.feature_id,
                            sum(d.events) filter (where d.day <= :recent) / 4.0 as before,
                            coalesce(sum(d.events) filter (where d.day > :recent), 0) / 4.0 as after
                        from usage.daily d
                        where d.account_id = k.account_id and d.day > :earlier and d.day <= :last
                            and d.feature_id <> 0
                        group by d.feature_id
                    ) s join usage.feature f on f.id = s.feature_id
                    where s.before > s.after
                    order by s.before - s.after desc, name
                    limit 1
                ) fallen
                """)
                .param("accounts", new SqlArrayValue("uuid", accounts.toArray()))
                .param("recent", last.minusDays(UsageMeasures.WINDOW))
                .param("earlier", last.minusDays(2L * UsageMeasures.WINDOW))
                .param("last", last)
                .query(row -> {
                    clauses.put(
                            row.getObject("account_id", UUID.class),
                            row.getString("name") + " "
                                    + Wording.weekly(row.getDouble("before"), row.getDouble("after")));
                });
        return clauses;
    }
}
