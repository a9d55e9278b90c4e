package io.perennial.engagement;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.engagement.cadence.Automated;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What Perennial sent to the customer automatically, apart from conversations; letters with entries of their own are left out. */
@Component
class LetterTimeline implements TimelineSource {

    private final JdbcClient database;

    LetterTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("automated");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select l.posted_at, l.subject, l.state, l.purpose, coalesce(l.to_name, l.to_address) as reader from mail.letter l
                where l.account_id = :account and l.posted_at < :before and l.state in ('accepted', 'bounced', 'failed')
                  and not exists (select from unnest(cast(:elsewhere as text[])) p where starts_with(l.purpose, p))
                order by l.posted_at desc, l.id limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("elsewhere", Automated.TOLD_ELSEWHERE.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("posted_at").toInstant(),
                        "automated",
                        "Sent: " + row.getString("subject"),
                        "to " + row.getString("reader")
                                + (row.getString("state").equals("accepted") ? "" : ", not delivered"),
                        "",
                        ""))
                .list();
    }
}
