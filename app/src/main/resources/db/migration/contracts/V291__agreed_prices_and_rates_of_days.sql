-- What agreed prices brought is told apart from expansion, and so is what exchange rates did where a company counts at the rates of
-- each day. Constant currency stays what is done unless it says so.

alter table contracts.exchange_rate
    add column dated boolean not null default false, -- on the company's own: rates of each day count
    add constraint own_says_whether_dated check (own or not dated);

-- From a day on so many units of a currency make one of the company's own.
create table contracts.rate_on_day (
    id uuid primary key,
    external_id text not null unique,
    currency text not null,
    from_day date not null,
    units numeric not null,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    unique (currency, from_day),
    constraint rate_is_above_zero check (units > 0)
);

-- The rates of a day: where rates of days count, the last one known by then, or the first where none is so early.
create function contracts.rates(day date)
    returns table (currency text, units numeric, own text)
    language sql stable parallel safe as $$
select r.currency,
    case when own.dated and not r.own then coalesce(
        (select d.units from contracts.rate_on_day d where d.currency = r.currency and d.from_day <= $1
         order by d.from_day desc limit 1),
        (select d.units from contracts.rate_on_day d where d.currency = r.currency order by d.from_day limit 1),
        r.units)
    else r.units end,
    own.currency
from contracts.exchange_rate own join contracts.exchange_rate r on own.own
$$;

-- What became of a customer: "priced" is what agreed prices brought, "apart" what exchange rates did.
create function contracts.movement(
        started numeric, ended numeric, first_on date, from_day date, priced numeric, apart numeric) returns text
    language sql immutable parallel safe
    return case
        when started > 0 and ended <= 0 then 'churn'
        when started <= 0 and ended > 0 then case when first_on > from_day then 'new' else 'reactivation' end
        when started <= 0 then 'in_period'
        when ended - started - apart > 0 then
            case when priced >= ended - started - apart then 'price_escalator' else 'expansion' end
        when ended - started - apart < 0 then 'contraction'
        else 'same'
    end;

-- What a customer's movement adds to sums: who expands by more than agreed prices has both, and a row of "same" takes back that it counts
-- twice.
create function contracts.parts_of(kind text, started numeric, ended numeric, priced numeric)
    returns table (movement text, customers int, amount numeric)
    language sql immutable parallel safe as $$
select $1, 1, $3 - $2 - case when $1 = 'expansion' then greatest($4, 0) else 0 end
union all
select 'price_escalator', 1, $4 where $1 = 'expansion' and $4 > 0
union all
select 'same', -1, 0 where $1 = 'expansion' and $4 > 0
$$;

create or replace function contracts.month_moves(accounts uuid[], past date, since date)
    returns table (month date, currency text, movement text, customers bigint, amount numeric)
    language sql stable parallel safe as $$
select m.month, m.currency, x.movement, sum(x.customers)::bigint, sum(x.amount)
from (
    select v.month, v.currency, v.started, v.ended, v.priced,
        contracts.movement(v.started, v.ended, v.first_on, v.month - 1, v.priced, 0) as movement
    from (
        select b.month, p.currency, p.first_on,
            coalesce((array_agg(b.before order by b.day))[1], 0) as started,
            (array_agg(b.annual order by b.day desc))[1] as ended,
            max(b.annual) as most,
            coalesce((array_agg(b.priced order by b.day desc))[1] - (array_agg(b.priced_before order by b.day))[1], 0) as priced
        from contracts.revenue_path p
        cross join lateral (select greatest(case when $3 = '-infinity' then 1 else width_bucket($3 - 1, p.days) end, 1) as i offset 0) n
        cross join lateral (
            select k.day, date_trunc('month', k.day::timestamp)::date as month,
                case when k.known > $2 then k.annual else 0 end as annual,
                lag(case when k.known > $2 then k.annual else 0 end) over (order by k.day) as before,
                k.priced, lag(k.priced) over (order by k.day) as priced_before
            from unnest(p.days[n.i:], p.annual[n.i:], p.known[n.i:], p.priced[n.i:]) k (day, annual, known, priced)
        ) b
        where p.account_id = any($1) and not p.several and b.month >= $3
        group by p.account_id, p.currency, p.first_on, b.month
    ) v
    where v.started <> v.ended or v.started = 0 and v.most > 0
) m
cross join lateral contracts.parts_of(m.movement, m.started, m.ended, m.priced) x
group by 1, 2, 3
$$;

-- As before, with two columns more: of a customer's expansion what agreed prices brought, and of its change what exchange rates did.
-- What stayed is worth more or less by them; what came is worth what it was at the end, and what went what it was at the start.
drop function contracts.revenue_movements(date, date, date, boolean);
create function contracts.revenue_movements(from_day date, until_day date, today date, graced boolean)
    returns table (
        account_id uuid, currency text, started numeric, ended numeric, live_started boolean, live_ended boolean,
        first_on date, leads boolean, movement text, priced numeric, fx numeric)
    language sql stable parallel safe as $$
-- Customers of one currency, which are nearly all of them.
select m.account_id, m.currency, m.started, m.ended, m.started > 0, m.ended > 0, m.first_on, true, m.movement,
    case m.movement when 'price_escalator' then m.ended - m.started - m.fx
        when 'expansion' then greatest(m.priced, 0) else 0 end,
    m.fx
from (
    select w.account_id, w.currency, w.started, w.ended, w.first_on, w.priced, w.fx,
        contracts.movement(w.started, w.ended, w.first_on, $1, w.priced, w.fx) as movement
    from (
        select p.account_id, coalesce(r.own, p.currency) as currency, p.first_on,
            case when r.units is null then v.started else v.started / r.units end as started,
            case when r.units is null then v.ended else v.ended / r.last end as ended,
            case when p.priced is null or v.started = 0 or v.ended = 0 then 0
                when r.units is null then p.priced[t.e] - p.priced[t.s]
                else (p.priced[t.e] - p.priced[t.s]) / r.last end as priced,
            case when r.units is null or r.units = r.last or v.started = 0 or v.ended = 0 then 0
                else least(v.started, v.ended) / r.last - least(v.started, v.ended) / r.units end as fx
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
            from contracts.rates($1) f join contracts.rates($2) l on l.currency = f.currency) r on r.currency = p.currency
        where not p.several and p.account_id not in (select c.account_id from contracts.revenue_changed c)
          and (v.started > 0 or v.ended > 0
            or t.s < t.e and exists (
                select from generate_series(t.s + 1, t.e) i
                where p.annual[i] > 0 and p.known[i] > case when $4 then $3 else '9999-12-31' end))
    ) w
) m
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
