package io.perennial.growth.expansion;

import io.perennial.accounts.panels.TimelineSource;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Opportunities found, led on, won and lost, and what was decided about signals of growth, on the account's timeline. What was
 * closed stands on the day of which it is told; steps in between are known where they were made here, and not taken back.
 */
@Component
class GrowthTimeline implements TimelineSource {

    private static final String KIND = "growth";

    private final JdbcClient database;

    GrowthTimeline(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public List<TimelineEntry> entries(AccountId account, Instant before, int limit) {
        return database.sql("""
                with own as (
                    select o.*, m.name as owner,
                        greatest(o.ended_on::timestamp at time zone 'UTC',
                            case when (o.created_at at time zone 'UTC')::date = o.ended_on then o.created_at end,
                            case when (o.updated_at at time zone 'UTC')::date = o.ended_on then o.updated_at end) as ended_at
                    from growth.opportunity o left join identity.team_member m on m.id = o.owner_id
                    where o.account_id = :account
                )
                select * from (
                    select created_at as at, 0 as step, 'found' as what, name, amount, currency, '' as detail, '' as actor, id
                    from own where ended_on is null or created_at < (ended_on + 1)::timestamp at time zone 'UTC'
                    union all
                    select c.at, 1, r.after ->> 'stage', o.name, o.amount, o.currency, '', c.actor_name, o.id
                    from platform.change_row r
                    join platform.change c on c.id = r.change_id and c.undone_by is null and c.undoes is null
                    join own o on o.id::text = r.thing_id
                    where r.account_id = :account and r.thing_type = 'opportunities' and r.before is not null
                      and r.after ->> 'stage' in ('qualified', 'proposed', 'negotiation')
                      and r.after ->> 'stage' is distinct from r.before ->> 'stage'
                    union all
                    select ended_at, 2, phase, name, amount, currency, coalesce(reason, ''), coalesce(owner, ''), id
                    from own where ended_on is not null
                    union all
                    select s.decided_at, 3, s.state, s.kind, s.amount, s.currency,
                        coalesce(s.reason, ''), coalesce(s.decided_by, ''), s.opportunity_id
                    from growth.expansion_signal s
                    where s.account_id = :account and s.decided_at is not null and s.state in ('accepted', 'dismissed')
                ) events
                where at < :before order by at desc, step desc, id limit :limit
                """)
                .param("account", account.value())
                .param("before", Timestamp.from(before))
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        String what = row.getString("what");
        boolean signal = row.getInt("step") == 3;
        String name = row.getString("name");
        String id = row.getString("id");
        return new TimelineEntry(
                row.getTimestamp("at").toInstant(),
                KIND,
                words(what) + ": "
                        + (signal
                                ? ExpansionKind.find(name)
                                        .map(ExpansionKind::title)
                                        .orElse(name)
                                : name) + money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getString("detail"),
                row.getString("actor"),
                id == null ? "/expansion?show=" + what : "/opportunities/" + id);
    }

    private static String words(String what) {
        return switch (what) {
            case "accepted" -> "Signal of growth taken up";
            case "dismissed" -> "Signal of growth dismissed";
            case "negotiation" -> "Opportunity in negotiation";
            default -> "Opportunity " + what;
        };
    }

    private static String money(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null
                ? ""
                : ", " + Wording.amount(amount) + " " + Objects.requireNonNullElse(currency, "") + " a year";
    }
}
