-- Each account's levels in one row, so that a day of everybody is a look at a hundred thousand short rows and not at two million: the
-- amount on a day is found within the row by halving. And what moved in each calendar month, added up, so that years by month read no
-- customers. Both follow from contracts.revenue_level and are kept with it, in the same transaction.

create table contracts.revenue_path (
    account_id uuid not null,
    currency text not null,
    first_on date not null,
    several boolean not null, -- brings revenue in another currency too, on whatever day
    days date[] not null, -- from this day on ...
    annual numeric[] not null, -- ... this amount,
    known date[] not null, -- counted while this day is to come: infinity runs, 9999-12-31 was renewed late, else lapsed until then
    primary key (account_id, currency)
);
alter table contracts.revenue_path alter days set storage main, alter annual set storage main, alter known set storage main;
create index revenue_path_several on contracts.revenue_path (account_id) where several;
create index revenue_level_lapsed on contracts.revenue_level (until_day) where state = 'lapsed';

-- What each month moved, of customers of one currency, as if every lapse were decided: those that are not are few and read beside it.
create table contracts.revenue_month (
    graced boolean not null,
    month date not null,
    currency text not null,
    movement text not null,
    customers bigint not null,
    amount numeric not null,
    primary key (graced, month, currency, movement)
);

-- What is left of who came in a month after so many months, counted from each customer's own first day, of the same customers: by how
-- much it differs from one month earlier.
create table contracts.revenue_cohort (
    cohort date not null,
    age int not null,
    currency text not null,
    customers bigint not null,
    amount numeric not null,
    primary key (cohort, age, currency)
);

create function contracts.revenue_paths(accounts uuid[])
    returns setof contracts.revenue_path
    language sql stable parallel safe as $$
select s.account_id, s.currency, min(s.first_on), bool_or(s.several),
    array_agg(s.day order by s.day), array_agg(s.annual order by s.day), array_agg(s.known order by s.day)
from (
    select l.account_id, l.currency, l.first_on, l.first_currency <> l.last_currency as several, b.day,
        case when b.day = l.from_day then l.annual else 0 end as annual,
        case when b.day = l.from_day and l.state = 'late' then '9999-12-31'
            when b.day = l.from_day and l.state = 'lapsed' then l.until_day else 'infinity' end::date as known
    from (
        select k.*, lead(k.from_day) over (partition by k.account_id, k.currency order by k.from_day) as next_day,
            min(k.currency) over account as first_currency, max(k.currency) over account as last_currency
        from contracts.revenue_levels(accounts, contracts.grace_days()) k
        window account as (partition by k.account_id)
    ) l
    cross join lateral (
        select l.from_day as day
        union all
        select l.until_day where l.until_day < 'infinity' and l.until_day is distinct from l.next_day) b
) s
group by 1, 2
$$;
alter function contracts.grace_days() parallel safe;
alter function contracts.revenue_levels(uuid[], int) parallel safe;

-- What is kept, and of accounts that changed since what is true now.
create view contracts.path as
select p.* from contracts.revenue_path p
where p.account_id not in (select c.account_id from contracts.revenue_changed c)
union all
select f.* from contracts.revenue_paths(array(select distinct c.account_id from contracts.revenue_changed c)) f;

create function contracts.movement(started numeric, ended numeric, first_on date, from_day date) returns text
    language sql immutable parallel safe
    return case
        when started > 0 and ended <= 0 then 'churn'
        when started <= 0 and ended > 0 then case when first_on > from_day then 'new' else 'reactivation' end
        when started <= 0 then 'in_period'
        when ended > started then 'expansion'
        when ended < started then 'contraction'
        else 'same'
    end;

-- What kept accounts of one currency moved in each month from one on in which anything of theirs begins or ends. What is known only
-- until the day "past" is over by then: see contracts.revenue_path.
create function contracts.month_moves(accounts uuid[], past date, since date)
    returns table (month date, currency text, movement text, customers bigint, amount numeric)
    language sql stable parallel safe as $$
select m.month, m.currency, m.movement, count(*), sum(m.ended - m.started)
from (
    select v.month, v.currency, v.started, v.ended,
        contracts.movement(v.started, v.ended, v.first_on, v.month - 1) as movement
    from (
        select b.month, p.currency, p.first_on,
            coalesce((array_agg(b.before order by b.day))[1], 0) as started,
            (array_agg(b.annual order by b.day desc))[1] as ended,
            max(b.annual) as most
        from contracts.revenue_path p
        cross join lateral (select greatest(case when $3 = '-infinity' then 1 else width_bucket($3 - 1, p.days) end, 1) as i offset 0) n
        cross join lateral (
            select k.day, date_trunc('month', k.day::timestamp)::date as month,
                case when k.known > $2 then k.annual else 0 end as annual,
                lag(case when k.known > $2 then k.annual else 0 end) over (order by k.day) as before
            from unnest(p.days[n.i:], p.annual[n.i:], p.known[n.i:]) k (day, annual, known)
        ) b
        where p.account_id = any($1) and not p.several and b.month >= $3
        group by p.account_id, p.currency, p.first_on, b.month
    ) v
    where v.started <> v.ended or v.started = 0 and v.most > 0
) m
group by 1, 2, 3
$$;

create function contracts.cohort_moves(accounts uuid[], past date)
    returns table (cohort date, age int, currency text, customers bigint, amount numeric)
    language sql stable parallel safe as $$
select date_trunc('month', v.first_on::timestamp)::date, v.age, v.currency,
    sum((v.annual > 0)::int - (v.before > 0)::int), sum(v.annual - v.before)
from (
    select l.*, coalesce(lag(l.annual) over (partition by l.account_id order by l.age), 0) as before
    from (
        select p.account_id, p.currency, p.first_on, k.age,
            case when p.known[d.i] > $2 then p.annual[d.i] else 0 end as annual
        from contracts.revenue_path p
        cross join generate_series(0, 36) k (age)
        cross join lateral (
            select width_bucket((p.first_on + k.age * interval '1 month')::date, p.days) as i offset 0) d
        where p.account_id = any($1) and not p.several
    ) l
) v
where v.annual <> v.before
group by 1, 2, 3
$$;

-- What accounts add to the sums, or with sign -1 what they added is taken out again.
create function contracts.add_moves(accounts uuid[], sign int) returns void
    language sql as $$
insert into contracts.revenue_cohort
select m.cohort, m.age, m.currency, sign * m.customers, sign * m.amount
from contracts.cohort_moves(accounts, '9999-12-30') m
on conflict (cohort, age, currency) do update set
    customers = contracts.revenue_cohort.customers + excluded.customers,
    amount = contracts.revenue_cohort.amount + excluded.amount;
insert into contracts.revenue_month
select g.graced, m.month, m.currency, m.movement, sign * m.customers, sign * m.amount
from (values (true, '9999-12-30'::date), (false, '9999-12-31')) g (graced, past)
cross join lateral contracts.month_moves(accounts, g.past, '-infinity'::date) m
on conflict (graced, month, currency, movement) do update set
    customers = contracts.revenue_month.customers + excluded.customers,
    amount = contracts.revenue_month.amount + excluded.amount
$$;

-- The same rows as before, from paths.
create or replace function contracts.revenue_movements(from_day date, until_day date, today date, graced boolean)
    returns table (
        account_id uuid, currency text, started numeric, ended numeric, live_started boolean, live_ended boolean,
        first_on date, leads boolean, movement text)
    language sql stable parallel safe as $$
-- Customers of one currency, which are nearly all of them.
select m.account_id, m.currency, m.started, m.ended, m.started > 0, m.ended > 0, m.first_on, true,
    contracts.movement(m.started, m.ended, m.first_on, $1)
from (
    select p.account_id, coalesce(w.own, p.currency) as currency, p.first_on,
        case when w.units is null then v.started else v.started / w.units end as started,
        case when w.units is null then v.ended else v.ended / w.units end as ended
    from contracts.revenue_path p
    cross join lateral (select width_bucket($1, p.days) as s, width_bucket($2, p.days) as e offset 0) t
    cross join lateral (
        select
            case when p.known[t.s] > case when $4 then $3 else '9999-12-31' end then p.annual[t.s] else 0 end as started,
            case when p.known[t.e] > case when $4 then $3 else '9999-12-31' end then p.annual[t.e] else 0 end as ended
        offset 0
    ) v
    left join (
        select r.currency, r.units, own.currency as own
        from contracts.exchange_rate own join contracts.exchange_rate r on own.own) w on w.currency = p.currency
    where not p.several and p.account_id not in (select c.account_id from contracts.revenue_changed c)
      and (v.started > 0 or v.ended > 0
        or t.s < t.e and exists (
            select from generate_series(t.s + 1, t.e) i
            where p.annual[i] > 0 and p.known[i] > case when $4 then $3 else '9999-12-31' end))
) m
union all
-- Whoever brings several, or changed since, day by day from the levels.
select m.account_id, m.currency, m.started, m.ended, m.live_started, m.live_ended, m.first_on, m.place = 1,
    case
        when m.live_started and not m.live_ended then 'churn'
        when not m.live_started and m.live_ended then case when m.first_on > $1 then 'new' else 'reactivation' end
        when not m.live_started then 'in_period'
        when m.ended > m.started then 'expansion'
        when m.ended < m.started then 'contraction'
        else 'same'
    end
from (
    select w.account_id, w.currency, w.started, w.ended, w.first_on,
        sum(w.started) over account > 0 as live_started,
        sum(w.ended) over account > 0 as live_ended,
        row_number() over (account order by w.currency) as place
    from (
        select l.account_id, case when r.currency is null then l.currency else own.currency end as currency,
            coalesce(sum(case when r.currency is null then l.annual else l.annual / r.units end)
                filter (where l.from_day <= $1 and l.until_day > $1), 0) as started,
            coalesce(sum(case when r.currency is null then l.annual else l.annual / r.units end)
                filter (where l.from_day <= $2 and l.until_day > $2), 0) as ended,
            min(l.first_on) as first_on
        from (
            select k.account_id, k.currency, k.from_day, k.until_day, k.annual, k.state, k.first_on
            from contracts.revenue_level k
            where k.account_id in (select p.account_id from contracts.revenue_path p where p.several)
              and k.account_id not in (select c.account_id from contracts.revenue_changed c)
            union all
            select f.account_id, f.currency, f.from_day, f.until_day, f.annual, f.state, f.first_on
            from contracts.revenue_levels(
                array(select distinct c.account_id from contracts.revenue_changed c), contracts.grace_days()) f
        ) l
        left join contracts.exchange_rate own on own.own
        left join contracts.exchange_rate r on r.currency = l.currency and own.currency is not null
        where l.from_day <= $2 and l.until_day > $1
          and case when $4 then l.state <> 'lapsed' or l.until_day > $3 else l.state = 'running' end
        group by 1, 2
    ) w
    window account as (partition by w.account_id)
) m
$$;

-- Customers whom the sums do not hold as they are: who changed since (they may have been added otherwise), and who brings several
-- currencies (they are never added).
create function contracts.apart() returns setof uuid
    language sql stable parallel safe as $$
select c.account_id from contracts.revenue_changed c
union
select p.account_id from contracts.revenue_path p where p.several
$$;

-- Who has lapsed and may still renew within the grace: the sums hold them as lost. Since when.
create function contracts.open_lapses(today date) returns table (account_id uuid, since date)
    language sql stable parallel safe as $$
select l.account_id, min(l.from_day) from contracts.revenue_level l
where l.state = 'lapsed' and l.until_day > today and l.from_day <= today
  and l.account_id not in (select contracts.apart())
group by 1
$$;

insert into contracts.revenue_changed select distinct account_id from contracts.contract_line;
