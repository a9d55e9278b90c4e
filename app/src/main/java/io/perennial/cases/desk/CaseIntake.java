package io.perennial.cases.desk;

import io.perennial.accounts.AccountIds;
import io.perennial.accounts.Changes;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cases and messages that come in by file or API are worked on like any other: their clocks start, their assignee is found.
 * What a file says about the past is taken as it is; a state that changes with it changed when it came in. A case that comes
 * in reopened is its owner's next one.
 */
@Component
class CaseIntake implements RecordListener {

    static final String MESSAGES = "case-messages";

    private final JdbcClient database;
    private final CaseClockwork clocks;
    private final FollowerRows followers;
    private final Changes changes;
    private final Live live;
    private final Clock clock;

    CaseIntake(
            JdbcClient database,
            CaseClockwork clocks,
            FollowerRows followers,
            Changes changes,
            Live live,
            Clock clock) {
        this.database = database;
        this.clocks = clocks;
        this.followers = followers;
        this.changes = changes;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (type.name().equals("cases")) {
            worked(records);
        } else if (type.name().equals(MESSAGES)) {
            said(records);
        } else if (type.name().equals("contracts")) {
            recountOf(accounts);
        }
    }

    private void worked(Set<UUID> records) {
        UUID[] ids = records.toArray(UUID[]::new);
        remember(ids);
        recogniseWhoSolved(ids);
        List<UUID> alive = database.sql("""
                update cases.support_case c
                set assignee_id = (select m.id from identity.team_member m
                    where m.active and (lower(m.name) = lower(c.assignee) or lower(m.email) = lower(c.assignee)
                        or m.external_id = c.assignee)
                    order by m.id limit 1),
                    reopened_at = case when c.clocked_at is null and c.reopened > 0 and c.state = 'open' then c.updated_at
                        else c.reopened_at end
                where c.id = any(:ids) and (c.state in ('open', 'waiting', 'on-hold')
                    or exists (select from cases.clock k where k.case_id = c.id and k.finished_at is null))
                returning c.id
                """)
                .param("ids", ids)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        clocks.recount(alive);
        if (!alive.isEmpty()) {
            live.changed("cases");
        }
    }

    /** Figures of teams ask who had a case, also of those that were over when they came in. */
    private void recogniseWhoSolved(UUID[] ids) {
        database.sql("""
                update cases.support_case c set assignee_id = known.id
                from cases.support_case o
                cross join lateral (select m.id from identity.team_member m
                    where lower(m.name) = lower(o.assignee) or lower(m.email) = lower(o.assignee)
                        or m.external_id = o.assignee
                    order by m.id limit 1) known
                where c.id = o.id and o.id = any(:ids) and o.assignee_id is null and o.state in ('resolved', 'closed')
                """).param("ids", ids).update();
    }

    /** A case that came in at rest rests since it was answered: nothing better is known. */
    private void remember(UUID[] ids) {
        database.sql("""
                with entry as (
                    insert into cases.event (case_id, at, kind, value, actor)
                    select c.id, case when known.value is null
                            then greatest(coalesce(c.first_response_at, c.opened_at), c.opened_at) else :now end,
                        'state', c.state, 'Import'
                    from cases.support_case c
                    left join lateral (select e.value from cases.event e
                        where e.case_id = c.id and e.kind = 'state' and not e.undone order by e.n desc limit 1) known on true
                    where c.id = any(:ids) and c.state is distinct from coalesce(known.value, 'open')
                      and (known.value is not null or c.state in ('waiting', 'on-hold'))
                    returning case_id, n
                )
                update cases.support_case c set last_event = entry.n from entry where c.id = entry.case_id
                """)
                .param("ids", ids)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void said(Set<UUID> records) {
        UUID[] ids = records.toArray(UUID[]::new);
        Set<AccountId> answered = new HashSet<>();
        database.sql("""
                update cases.support_case c set first_response_at = greatest(m.at, c.opened_at)
                from (select case_id, min(at) as at from cases.message where id = any(:ids) and kind = 'reply'
                      group by case_id) m
                where c.id = m.case_id and c.first_response_at is null and c.first_response_minutes is null
                returning c.account_id
                """).param("ids", ids).query(row -> {
            answered.add(new AccountId(row.getObject(1, UUID.class)));
        });
        changes.mark(answered);
        List<UUID> alive = database.sql("""
                select distinct c.id from cases.message m join cases.support_case c on c.id = m.case_id
                where m.id = any(:ids) and c.state in ('open', 'waiting', 'on-hold')
                """)
                .param("ids", ids)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        clocks.recount(alive);
        followers.news(alive);
        alive.forEach(id -> live.changed("case:" + id));
    }

    /** Another contract is another promise. */
    private void recountOf(Set<AccountId> accounts) {
        clocks.recount(database.sql("""
                select id from cases.support_case
                where account_id = any(:accounts) and state in ('open', 'waiting', 'on-hold')
                """)
                .param("accounts", AccountIds.array(accounts))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list());
    }
}
