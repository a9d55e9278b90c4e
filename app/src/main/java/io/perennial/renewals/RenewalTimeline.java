package io.perennial.renewals;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done for renewals, on the account's timeline. Answers stand there as the letters they are. */
@Component
class RenewalTimeline implements TimelineSource {

    private final JdbcClient database;

    RenewalTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("contract");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select e.at, e.what, e.actor, r.id, r.product, r.due_on
                from renewals.renewal r join renewals.event e on e.renewal_id = r.id
                where r.account_id = :account and e.at < :before and not starts_with(e.what, :heard)
                order by e.at desc, e.n desc limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("heard", RenewalMail.HEARD)
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        "contract",
                        "Renewal of " + row.getString("product") + ", due " + row.getString("due_on"),
                        row.getString("actor") + " " + row.getString("what"),
                        row.getString("actor"),
                        "/renewals/" + row.getString("id")))
                .list();
    }
}
