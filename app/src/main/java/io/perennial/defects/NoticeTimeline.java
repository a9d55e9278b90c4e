package io.perennial.defects;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an account was told, once per notice, on its timeline. */
@Component
class NoticeTimeline implements TimelineSource {

    private final JdbcClient database;

    NoticeTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("mail");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select n.id, n.sent_by, t.subject, r.at, r.people from (
                    select notice_id, min(posted_at) as at, count(*) as people from defects.recipient
                    where account_id = :account and state = 'posted' group by 1) r
                join defects.notice n on n.id = r.notice_id
                join defects.notice_text t on t.notice_id = n.id and t.language = n.main_language
                where r.at < :before order by r.at desc, n.id limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        "mail",
                        "Notice: " + row.getString("subject"),
                        row.getInt("people") == 1 ? "to one person" : "to " + row.getInt("people") + " people",
                        row.getString("sent_by") == null ? "" : row.getString("sent_by"),
                        "/notices/" + row.getObject("id", UUID.class)))
                .list();
    }
}
