package io.perennial.usage;

import io.perennial.accounts.overview.OverviewSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Active users, licences used, use and its change, last use: over the same windows as the measures. */
@Component
class UsageOverview implements OverviewSource {

    private final Seats seats;

    UsageOverview(Seats seats) {
        this.seats = seats;
    }

    @Override
    public List<String> columns() {
        return List.of("active_users", "licences_used", "events_28", "usage_change", "last_used_on");
    }

    @Override
    public String select() {
        return SELECT.formatted(seats.select());
    }

    private static final String SELECT = """
            with anchor as materialized (
                select coalesce(max(day), cast(:today as date) - 1) as last
                from usage.cohort_day where day < :today
            ), used as (
                select k.account_id,
                    (select d.day from usage.account_day d
                        where d.account_id = k.account_id and d.day <= :today
                            and (d.events > 0 or d.active_users > 0)
                        order by d.day desc limit 1) as last_used_on
                from unnest(:accounts) as k (account_id)
            ), days as (
                select account_id,
                    coalesce(sum(events) filter (where day > (select last - 28 from anchor)), 0) as events_28,
                    coalesce(sum(events) filter (where day <= (select last - 28 from anchor)), 0) as events_before,
                    max(active_users) filter (where day > (select last - 28 from anchor)) as most_active
                from usage.account_day
                where account_id = any(:accounts)
                    and day > (select last - 56 from anchor) and day <= (select last from anchor)
                group by account_id
            ), logins as (
                select account_id, count(distinct user_id)::int as named
                from usage.daily
                where account_id = any(:accounts) and user_id <> 0
                    and day > (select last - 28 from anchor) and day <= (select last from anchor)
                group by account_id
            ), sold as (
                %s
            ), active as (
                select u.account_id, u.last_used_on, d.events_28, d.events_before, c.seats,
                    case
                        when l.named is not null then greatest(l.named, d.most_active)
                        when d.events_28 > 0 or d.most_active is not null then d.most_active
                        else 0
                    end as users
                from used u
                left join days d on d.account_id = u.account_id
                left join logins l on l.account_id = u.account_id
                left join sold c on c.account_id = u.account_id
                where u.last_used_on is not null
            )
            select account_id, users as active_users,
                case when seats > 0 then least(users::numeric / seats, 99) end as licences_used,
                coalesce(events_28, 0) as events_28,
                case when events_before > 0
                    then least(events_28 / events_before - 1, 9999)
                end as usage_change,
                last_used_on
            from active
            """;
}
