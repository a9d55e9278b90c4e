package io.perennial.usage;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When a customer got a key action done for the first time, on its timeline. Who else did is counted, not listed. */
@Component
class KeyActionTimeline implements TimelineSource {

    private static final String KIND = "usage";

    private final JdbcClient database;

    KeyActionTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select a.name, r.seconds, r.finishers,
                    r.finished_on::timestamp at time zone 'UTC' + coalesce(r.finished_second, 0) * interval '1 second' as at
                from (
                    select distinct on (action_id) action_id, finished_on, finished_second, seconds,
                        count(*) over (partition by action_id) as finishers
                    from usage.key_action_run where account_id = :account and finished_on is not null
                    order by action_id, finished_on, finished_second nulls last) r
                join usage.key_action a on a.id = r.action_id and a.retired_at is null
                where r.finished_on::timestamp at time zone 'UTC' + coalesce(r.finished_second, 0) * interval '1 second' < :before
                order by at desc, a.name limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> entry(row, account))
                .list();
    }

    private static TimelineEntry entry(ResultSet row, AccountId account) throws SQLException {
        int finishers = row.getInt("finishers");
        return new TimelineEntry(
                row.getTimestamp("at").toInstant(),
                KIND,
                "Done for the first time: " + row.getString("name"),
                after(Duration.ofSeconds(row.getLong("seconds")))
                        + (finishers == 1 ? "" : ", by " + finishers + " people until now"),
                "",
                "/accounts/" + account + "?tab=usage");
    }

    private static String after(Duration time) {
        long days = time.toDays();
        return days == 0
                ? "within a day of the start"
                : days == 1 ? "a day after the start" : days + " days after the start";
    }
}
