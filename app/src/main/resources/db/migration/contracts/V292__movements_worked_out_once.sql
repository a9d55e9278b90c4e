-- The same rows as before, several times as fast: what is worked out of a customer's path is worked out once ("offset 0" keeps a subquery
-- from being copied into each place that names it), and not again for each column and for each case of a movement. Asked for one
-- customer it still looks at that one alone.
create or replace function contracts.revenue_movements(from_day date, until_day date, today date, graced boolean)
    returns table (
        account_id uuid, currency text, started numeric, ended numeric, live_started boolean, live_ended boolean,
        first_on date, leads boolean, movement text, priced numeric, fx numeric)
    language sql stable parallel safe as $$
-- Customers of one currency, which are nearly all of them.
select p.account_id, coalesce(r.own, p.currency), w.started, w.ended, w.started > 0, w.ended > 0, p.first_on, true, m.movement,
    case m.movement when 'price_escalator' then w.ended - w.started - w.fx
        when 'expansion' then greatest(w.priced, 0) else 0 end,
    w.fx
from contracts.revenue_path p
cross join lateral (select width_bucket($1, p.days) as s, width_bucket($2, p.days) as e offset 0) t
cross join lateral (
    select
        case when p.known[t.s] > case when $4 then $3 else '9999-12-31' end then p.annual[t.s] else 0 end as started,
        case when p.known[t.e] > case when $4 then $3 else '9999-12-31' end then p.annual[t.e] else 0 end as ended
    offset 0
) v
left join (
    select f.currency, f.units, l.units as last, f.own
    from contracts.rates($1) f join contracts.rates($2) l on l.currency = f.currency offset 0) r on r.currency = p.currency
cross join lateral (
    select case when r.units is null then v.started else v.started / r.units end as started,
        case when r.units is null then v.ended else v.ended / r.last end as ended,
        case when p.priced is null or v.started = 0 or v.ended = 0 then 0
            when r.units is null then p.priced[t.e] - p.priced[t.s]
            else (p.priced[t.e] - p.priced[t.s]) / r.last end as priced,
        case when r.units is null or r.units = r.last or v.started = 0 or v.ended = 0 then 0
            else least(v.started, v.ended) / r.last - least(v.started, v.ended) / r.units end as fx
    offset 0
) w
cross join lateral (
    select contracts.movement(w.started, w.ended, p.first_on, $1, w.priced, w.fx) as movement offset 0) m
where not p.several and p.account_id not in (select c.account_id from contracts.revenue_changed c)
  and (v.started > 0 or v.ended > 0
    or t.s < t.e and exists (
        select from generate_series(t.s + 1, t.e) i
        where p.annual[i] > 0 and p.known[i] > case when $4 then $3 else '9999-12-31' end))
union all
-- Whoever brings several, or changed since, day by day from the levels.
select m.account_id, m.currency, m.started, m.ended, m.live_started, m.live_ended, m.first_on, m.place = 1, m.movement,
    case m.movement when 'price_escalator' then m.ended - m.started - m.fx
        when 'expansion' then greatest(m.priced, 0) else 0 end,
    m.fx
from (
    select s.*, case
            when s.live_started and not s.live_ended then 'churn'
            when not s.live_started and s.live_ended then case when s.first_on > $1 then 'new' else 'reactivation' end
            when not s.live_started then 'in_period'
            when s.ended - s.started - s.fx > 0 then
                case when s.priced >= s.ended - s.started - s.fx then 'price_escalator' else 'expansion' end
            when s.ended - s.started - s.fx < 0 then 'contraction'
            else 'same'
        end as movement
    from (
        select a.account_id, a.currency, a.started, a.ended, a.first_on, a.priced, a.fx,
            sum(a.started) over account > 0 as live_started,
            sum(a.ended) over account > 0 as live_ended,
            row_number() over (account order by a.currency) as place
        from (
            select w.account_id, coalesce(r.own, w.currency) as currency, min(w.first_on) as first_on,
                sum(case when r.units is null then w.started else w.started / r.units end) as started,
                sum(case when r.units is null then w.ended else w.ended / r.last end) as ended,
                sum(case when w.started = 0 or w.ended = 0 then 0
                    when r.units is null then w.priced else w.priced / r.last end) as priced,
                sum(case when r.units is null or r.units = r.last or w.started = 0 or w.ended = 0 then 0
                    else least(w.started, w.ended) / r.last - least(w.started, w.ended) / r.units end) as fx
            from (
                select l.account_id, l.currency, min(l.first_on) as first_on,
                    coalesce(sum(l.annual) filter (where l.from_day <= $1 and l.until_day > $1), 0) as started,
                    coalesce(sum(l.annual) filter (where l.from_day <= $2 and l.until_day > $2), 0) as ended,
                    coalesce(sum(l.priced) filter (where l.from_day <= $2 and l.until_day > $2), 0)
                        - coalesce(sum(l.priced) filter (where l.from_day <= $1 and l.until_day > $1), 0) as priced
                from (
                    select k.account_id, k.currency, k.from_day, k.until_day, k.annual, k.state, k.first_on, k.priced
                    from contracts.revenue_level k
                    where k.account_id in (select p.account_id from contracts.revenue_path p where p.several)
                      and k.account_id not in (select c.account_id from contracts.revenue_changed c)
                    union all
                    select f.account_id, f.currency, f.from_day, f.until_day, f.annual, f.state, f.first_on, f.priced
                    from contracts.levels(
                        array(select distinct c.account_id from contracts.revenue_changed c), contracts.grace_days()) f
                ) l
                where l.from_day <= $2 and l.until_day > $1
                  and case when $4 then l.state <> 'lapsed' or l.until_day > $3 else l.state = 'running' end
                group by 1, 2
            ) w
            left join (
                select f.currency, f.units, l.units as last, f.own
                from contracts.rates($1) f join contracts.rates($2) l on l.currency = f.currency) r on r.currency = w.currency
            group by 1, 2
        ) a
        window account as (partition by a.account_id)
    ) s
) m
$$;
