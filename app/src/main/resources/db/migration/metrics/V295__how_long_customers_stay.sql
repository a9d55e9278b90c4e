-- A day as a number of which each month has thirty-one: from a day to the same day of a later month it is so many times thirty-one,
-- whatever the months between are like.
create function metrics.month_days(day date) returns int
    language sql immutable parallel safe
    return ((date_part('year', day) * 12 + date_part('month', day)) * 31 + date_part('day', day))::int;

-- Since when each customer brings revenue, when it was lost for the first time, and, if it is lost today, since when. From
-- contracts.revenue_path, in which a loss is found without looking at each range of days: a lapse of which nothing came is always followed by
-- days without revenue. Whoever brings several currencies, or changed since, is looked at range by range.
--
-- graced: who renews late was a customer meanwhile; a loss counts from the first day without a line, once the grace is over.
create function metrics.lifetimes(today date, graced boolean)
    returns table (account_id uuid, first_on date, lost_on date, left_on date)
    language sql stable parallel safe as $$
select p.account_id, p.first_on, case when f.lost_on <= $1 then f.lost_on end,
    case
        when p.annual[f.now] = 0 then
            case when p.known[f.now - 1] < '9999-12-31' then p.days[f.now - 1] else p.days[f.now] end
        when not $2 and p.known[f.now] < 'infinity' then p.days[f.now]
    end
from contracts.revenue_path p
cross join lateral (select array_position(p.annual, 0::numeric) as zero offset 0) z
cross join lateral (
    select width_bucket($1, p.days) as now,
        least(
            case
                when p.known[z.zero - 1] < '9999-12-31' then
                    case when not $2 or p.known[z.zero - 1] <= $1 then p.days[z.zero - 1] end
                else p.days[z.zero]
            end,
            case when not $2 then p.days[array_position(p.known, '9999-12-31'::date)] end) as lost_on
    offset 0) f
where not p.several and p.first_on <= $1
  and p.account_id not in (select c.account_id from contracts.revenue_changed c)
union all
select r.account_id, min(r.first_on), min(r.reach) filter (where r.reach <= $1 and (r.next_on > r.reach or r.next_on is null)),
    case when max(r.reach) <= $1 then max(r.reach) end
from (
    select l.account_id, l.first_on,
        max(l.until_day) over (partition by l.account_id order by l.from_day, l.currency) as reach,
        lead(l.from_day) over (partition by l.account_id order by l.from_day, l.currency) as next_on
    from (
        select k.account_id, k.currency, k.from_day, k.until_day, k.state, k.first_on
        from contracts.revenue_level k
        where k.account_id in (select p.account_id from contracts.revenue_path p where p.several)
          and k.account_id not in (select c.account_id from contracts.revenue_changed c)
        union all
        select f.account_id, f.currency, f.from_day, f.until_day, f.state, f.first_on
        from contracts.revenue_levels(
            array(select distinct c.account_id from contracts.revenue_changed c), contracts.grace_days()) f
    ) l
    where l.from_day <= $1 and case when $2 then l.state <> 'lapsed' or l.until_day > $1 else l.state = 'running' end
) r
group by 1
$$;

-- What a customer costs to win and leaves, from a month on, as people say: there are no facts about it. Without a row there is no value
-- that needs it, rather than a guess.
create table metrics.customer_cost (
    starts_on date primary key,
    gross_margin numeric not null check (gross_margin between 0 and 1), -- share of revenue left after delivery
    acquisition numeric check (acquisition >= 0), -- sales and marketing of a month
    currency text check (currency ~ '^[A-Z]{3}$'),
    set_by text not null,
    set_at timestamptz not null,
    check ((acquisition is null) = (currency is null))
);
