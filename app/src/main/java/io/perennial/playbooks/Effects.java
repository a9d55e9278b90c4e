package io.perennial.playbooks;

import io.perennial.playbooks.text.Playbook.Success;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Measures playbooks against the accounts that were held out, over episodes that are old enough to be judged. */
@Component
public class Effects {

    /** The first episode of an account counts: later ones are no independent ones. */
    private static final String SQL = """
            with judged as (
                select distinct on (r.account_id) r.account_id, r.signal_id, r.started_at, r.state = 'held_out' as held_out
                from playbooks.run r
                where r.playbook_id = :playbook and not r.shadow and r.started_at is not null and r.state <> 'undone'
                order by r.account_id, r.started_at
            )
            select count(*) filter (where not held_out and went_well) as well, count(*) filter (where not held_out) as measured,
                   count(*) filter (where held_out and went_well) as held_out_well, count(*) filter (where held_out) as held_out
            from (
                select j.held_out, %s as went_well from judged j
                join accounts.overview o on o.account_id = j.account_id
                where j.started_at <= :before and %s) as j
            """;

    private static final String CLOSED = """
            exists (select from health.signal s where s.id = j.signal_id and s.state = 'closed' and s.cause_gone
                and s.closed_at <= j.started_at + make_interval(days => :days))
            """;

    private static final String STAYS = """
            (o.left_on is null or o.left_on > cast(j.started_at + make_interval(days => :days) as date))
            """;

    private static final String DUE = """
            exists (select from renewals.renewal n where n.account_id = j.account_id and n.outcome <> 'withdrawn'
                and n.due_on between cast(j.started_at as date) and cast(j.started_at + make_interval(days => :days) as date))
            """;

    private static final String RENEWED = """
            not exists (select from renewals.renewal n where n.account_id = j.account_id
                and n.outcome not in ('renewed', 'withdrawn')
                and n.due_on between cast(j.started_at as date) and cast(j.started_at + make_interval(days => :days) as date))
            """;

    private static final String USE = """
            (coalesce((select sum(d.events) from usage.account_day d where d.account_id = j.account_id
                and d.day >= cast(j.started_at as date) and d.day < cast(j.started_at as date) + 28), 0)
             >= coalesce((select sum(d.events) from usage.account_day d where d.account_id = j.account_id
                and d.day >= cast(j.started_at as date) - 28 and d.day < cast(j.started_at as date)), 0))
            """;

    private static final int DAYS_OF_USE = 28;

    private final JdbcClient database;
    private final Clock clock;

    Effects(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Empty for a playbook that says nothing of success or never ran. */
    public Optional<Effect> of(PlaybookCard card) {
        Success success = card.parsed().success();
        UUID id = card.id();
        if (success == null || id == null) {
            return Optional.empty();
        }
        String well = switch (success.measure()) {
            case SIGNAL_CLOSED -> CLOSED;
            case CUSTOMER_STAYS -> STAYS;
            case RENEWED -> RENEWED;
            case USE_HOLDS -> USE;
        };
        int days =
                success.measure() == Success.Measure.USE_HOLDS ? Math.max(success.days(), DAYS_OF_USE) : success.days();
        return Optional.of(database.sql(
                        SQL.formatted(well, success.measure() == Success.Measure.RENEWED ? DUE : "true"))
                .param("playbook", id)
                .param("before", Timestamp.from(clock.instant().minus(Duration.ofDays(days))))
                .param("days", days)
                .query((row, number) -> new Effect(
                        success.measure().sentence(), days, row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single());
    }
}
