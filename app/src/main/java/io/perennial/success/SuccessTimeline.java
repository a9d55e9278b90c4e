package io.perennial.success;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done for success plans, and what customers confirmed, on the account's timeline. */
@Component
class SuccessTimeline implements TimelineSource {

    private final JdbcClient database;

    SuccessTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("milestone");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select e.at, e.what, e.actor, p.id, p.name
                from success.plan p join success.event e on e.plan_id = p.id
                where p.account_id = :account and e.at < :before order by e.at desc, e.n desc limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        "milestone",
                        "Success plan " + row.getString("name"),
                        row.getString("actor") + " " + row.getString("what"),
                        row.getString("actor"),
                        "/success-plans/" + row.getString("id")))
                .list();
    }
}
