-- A price that rises each year within a term is worth more from each anniversary on, as agreed: nobody has to bring a line for each year.

-- The anniversaries of a line with an escalator, what it brings from each on and what it brought before. Prices of a year to a hundredth
-- of a cent. Of a line without end, twenty years.
create function contracts.escalations(annual numeric, escalator numeric, starts_on date, ends_on date)
    returns table (day date, before numeric, annual numeric)
    language sql immutable parallel safe as $$
select y.day,
    case when y.k = 1 then $1 else round($1 * power(1 + $2, y.k - 1), 4) end,
    round($1 * power(1 + $2, y.k), 4)
from (select k, ($3 + k * interval '1 year')::date as day from generate_series(1, 20) k) y
where $2 <> 0 and ($4 is null or y.day < $4)
$$;

create or replace function contracts.revenue_levels(accounts uuid[], grace int)
    returns table (
        account_id uuid, currency text, from_day date, until_day date, annual numeric, state text, first_on date)
    language sql stable parallel safe as $$
with step as ( -- a renewal at the same price on the same day changes nothing and is no step
    select s.account_id, s.currency, s.day, sum(s.change) as change
    from (
        select l.account_id, l.currency, l.starts_on as day, l.annual as change
        from contracts.contract_line l
        where l.account_id = any(accounts) and l.annual <> 0 and (l.ends_on is null or l.ends_on > l.starts_on)
        union all
        select l.account_id, l.currency, e.day, e.annual - e.before
        from contracts.contract_line l cross join lateral contracts.escalations(l.annual, l.escalator, l.starts_on, l.ends_on) e
        where l.account_id = any(accounts) and l.annual <> 0 and l.escalator <> 0
        union all
        select l.account_id, l.currency, l.ends_on, -case
            when l.escalator <> 0 then coalesce((
                select e.annual from contracts.escalations(l.annual, l.escalator, l.starts_on, l.ends_on) e
                order by e.day desc limit 1), l.annual)
            else l.annual end
        from contracts.contract_line l
        where l.account_id = any(accounts) and l.annual <> 0 and l.ends_on > l.starts_on
    ) s
    group by 1, 2, 3
    having sum(s.change) <> 0
), running as ( -- below zero is without revenue
    select r.account_id, r.currency, r.from_day, r.until_day, r.annual
    from (
        select s.account_id, s.currency, s.day as from_day,
            lead(s.day, 1, 'infinity'::date) over own as until_day, sum(s.change) over own as annual
        from step s
        window own as (partition by s.account_id, s.currency order by s.day)
    ) r
    where r.annual > 0
), reach as (
    select r.account_id, r.from_day,
        max(r.until_day) over (
            partition by r.account_id order by r.from_day rows between unbounded preceding and 1 preceding) as before
    from running r
), whole as (
    select r.account_id, min(r.from_day) as first_on, max(r.until_day) as last_on from running r group by 1
), stop as ( -- when all revenue of an account stops, and when some comes again
    select account_id, before as stopped_on, from_day as resumed_on from reach where before < from_day
    union all
    select account_id, last_on, null from whole where last_on < 'infinity'
), bridge as (
    select s.account_id, s.stopped_on,
        case when s.resumed_on <= s.stopped_on + grace then s.resumed_on else s.stopped_on + grace end as until_day,
        case when s.resumed_on <= s.stopped_on + grace then 'late' else 'lapsed' end as state
    from stop s
    where grace > 0
      -- Declared lost: nothing is waited for.
      and not exists (
        select from contracts.cancellation c
        where c.account_id = s.account_id and c.reactivated is not true
          and coalesce(c.effective_on, c.cancelled_on) between s.stopped_on - grace and s.stopped_on + grace)
)
select r.account_id, r.currency, r.from_day, r.until_day, r.annual, 'running', w.first_on
from running r join whole w on w.account_id = r.account_id
union all
select r.account_id, r.currency, b.stopped_on, b.until_day, r.annual, b.state, w.first_on
from bridge b
join running r on r.account_id = b.account_id and r.until_day = b.stopped_on
join whole w on w.account_id = b.account_id
$$;

create or replace function contracts.revenue_touched() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into contracts.revenue_changed select distinct account_id from fresh;
    elsif tg_op = 'DELETE' then
        insert into contracts.revenue_changed select distinct account_id from stale;
    elsif tg_table_name = 'contract_line' then
        insert into contracts.revenue_changed
        select distinct t.account_id
        from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
        where (s.account_id, s.currency, s.annual, s.starts_on, s.ends_on, s.escalator)
            is distinct from (f.account_id, f.currency, f.annual, f.starts_on, f.ends_on, f.escalator);
    else
        insert into contracts.revenue_changed
        select distinct t.account_id
        from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
        where s is distinct from f;
    end if;
    return null;
end $$;

insert into contracts.revenue_changed
select distinct l.account_id from contracts.contract_line l where l.escalator <> 0;

-- What a line brings in a year on a day on which it runs.
create function contracts.annual_on(annual numeric, escalator numeric, starts_on date, day date) returns numeric
    language sql immutable parallel safe
    return case
        when coalesce(escalator, 0) = 0 then annual
        else coalesce(
            (select e.annual from contracts.escalations(annual, escalator, starts_on, day + 1) e order by e.day desc limit 1),
            annual)
    end;
