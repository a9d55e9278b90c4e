package io.perennial.onboarding;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened in onboardings, on the account's timeline. */
@Component
class OnboardingTimeline implements TimelineSource {

    private final JdbcClient database;

    OnboardingTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("note");
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                select e.at, e.what, e.actor, o.id, coalesce(o.template, 'Onboarding') as title
                from onboarding.onboarding o join onboarding.event e on e.onboarding_id = o.id
                where o.account_id = :account and e.at < :before order by e.at desc, e.n desc limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        "note",
                        row.getString("title"),
                        row.getString("actor") + " " + row.getString("what"),
                        row.getString("actor"),
                        "/onboardings/" + row.getString("id")))
                .list();
    }
}
