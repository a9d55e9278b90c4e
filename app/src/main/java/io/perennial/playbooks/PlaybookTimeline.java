package io.perennial.playbooks;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Playbooks that began, ended and were taken back, on the account's timeline. Who was held out is not told apart from whom no
 * playbook found, as on the account's page; and what ran in the shadow did nothing.
 */
@Component
class PlaybookTimeline implements TimelineSource {

    private static final String KIND = "playbook";

    private final JdbcClient database;

    PlaybookTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                with ran as (
                    select r.*, p.key, v.name, r.state = 'finished' and r.ended_at < r.started_at + interval '1 minute' as at_once
                    from playbooks.run r
                    join playbooks.playbook p on p.id = r.playbook_id
                    join playbooks.version v on v.id = r.version_id
                    where r.account_id = :account and r.started_at is not null and not r.shadow and r.state <> 'held_out'
                )
                select * from (
                    select started_at as at, 0 as step, case when at_once then 'ran' else 'began' end as what, name, key,
                        evidence as detail, id
                    from ran
                    union all
                    select ended_at, 1,
                        case state when 'finished' then 'finished' when 'exited' then 'ended early' when 'undone' then 'taken back'
                            else 'failed' end,
                        name, key, coalesce(because, ''), id
                    from ran where ended_at is not null and not at_once
                ) events
                where at < :before order by at desc, step desc, id limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        KIND,
                        "Playbook " + row.getString("what") + ": " + row.getString("name"),
                        row.getString("detail"),
                        "",
                        "/playbooks/" + row.getString("key")))
                .list();
    }
}
