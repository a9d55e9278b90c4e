package io.perennial.engagement;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done for the customer. */
@Component
class TaskTimeline implements TimelineSource {

    private final JdbcClient database;

    TaskTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("task");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select t.done_at, t.title, t.outcome, m.name as owner
                from engagement.task t left join identity.team_member m on m.id = t.owner_id
                where t.account_id = :account and t.done_at < :before
                order by t.done_at desc, t.id limit :limit
                """)
                .param("account", account.value())
                .param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getObject("done_at", OffsetDateTime.class).toInstant(),
                        "task",
                        "Done: " + row.getString("title"),
                        Objects.requireNonNullElse(row.getString("outcome"), ""),
                        Objects.requireNonNullElse(row.getString("owner"), ""),
                        ""))
                .list();
    }
}
