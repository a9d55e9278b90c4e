-- What work costs by the program that it was delivered under, where that was said: the word of a time entry, or the program whose
-- entitlement was drawn. Words are looked up in the catalogue when they are read, so a program may change its name.
drop view metrics.cost;
drop function metrics.costs_of(uuid[], date[]);
alter table metrics.account_cost
    add column program text not null default '', -- as it was said, in small letters; empty where nothing was said
    drop constraint account_cost_pkey,
    add primary key (month, account_id, kind, currency, program);

create function metrics.costs_of(accounts uuid[], months date[])
    returns table (
        account_id uuid, month date, kind text, currency text, minutes numeric, direct numeric, overhead numeric,
        estimated numeric, items bigint, uncosted bigint, program text)
    language sql stable as $$
with pair as (
    select p.account_id, p.month, (p.month + interval '1 month')::date as next,
        p.month::timestamp at time zone 'UTC' as starts, (p.month + interval '1 month') at time zone 'UTC' as ends
    from unnest(accounts, months) as p (account_id, month)
), item as (
    select p.account_id, p.month, case when t.case_id is null then 'time' else 'cases' end as kind, r.currency,
        t.minutes, t.minutes * r.hourly / 60 as direct, t.minutes * r.hourly * r.overhead / 60 as overhead,
        false as estimated, r.hourly is null as uncosted, lower(btrim(coalesce(t.program, ''))) as program
    from pair p
    join metrics.time_entry t on t.account_id = p.account_id and t.day >= p.month and t.day < p.next
    left join lateral metrics.rate_of(t.member_id, t.day) r on true
    union all
    select p.account_id, p.month, 'cases', c.currency, c.minutes, c.direct, c.overhead, c.estimated, c.uncosted, ''
    from pair p
    join metrics.case_cost c on c.account_id = p.account_id and c.resolved_at >= p.starts and c.resolved_at < p.ends
    where not c.timed
    union all
    select p.account_id, p.month, 'touchpoints', r.currency, w.minutes, w.minutes * r.hourly / 60,
        w.minutes * r.hourly * r.overhead / 60, w.recorded is null, w.minutes is null or r.hourly is null, ''
    from pair p
    join engagement.touchpoint t on t.account_id = p.account_id and t.at >= p.starts and t.at < p.ends
        and t.kind in ('call', 'meeting', 'mail')
    cross join lateral (select (t.at at time zone 'UTC')::date as day,
        coalesce(metrics.number(t.attributes ->> 'minutes'), metrics.number(t.attributes ->> 'duration_minutes')) as recorded) d
    left join lateral metrics.assumption(t.kind, d.day) a on d.recorded is null
    cross join lateral (select d.recorded, coalesce(d.recorded, a.amount) as minutes) w
    left join lateral metrics.rate_of(t.member_id, d.day) r on w.minutes is not null
    where not exists (select from metrics.time_entry e where e.account_id = t.account_id and e.day = d.day and e.case_id is null)
    union all
    select p.account_id, p.month, 'tasks', r.currency, a.amount, a.amount * r.hourly / 60,
        a.amount * r.hourly * r.overhead / 60, true, a.amount is null or r.hourly is null, ''
    from pair p
    join engagement.task t on t.account_id = p.account_id and t.done_at >= p.starts and t.done_at < p.ends
    left join lateral metrics.assumption('task', (t.done_at at time zone 'UTC')::date) a on true
    left join lateral metrics.rate_of(t.owner_id, (t.done_at at time zone 'UTC')::date) r on a.amount is not null
    where not exists (
        select from metrics.time_entry e
        where e.account_id = t.account_id and e.day = (t.done_at at time zone 'UTC')::date and e.case_id is null)
    union all
    -- Units without a cost of their own are delivered by people, whose time is counted.
    select p.account_id, p.month, 'units', a.currency, null, n.amount * a.amount, 0, false, false, lower(btrim(o.program))
    from pair p
    join programs.entry n on n.account_id = p.account_id and n.at >= p.starts and n.at < p.ends and n.kind = 'consumed'
    join programs.pot o on o.id = n.pot_id
    join lateral metrics.assumption('unit:' || o.unit, (n.at at time zone 'UTC')::date) a on true
)
select i.account_id, i.month, i.kind, coalesce(case when not i.uncosted then i.currency end, ''), coalesce(sum(i.minutes), 0),
    coalesce(sum(i.direct) filter (where not i.uncosted), 0), coalesce(sum(i.overhead) filter (where not i.uncosted), 0),
    coalesce(sum(i.direct + i.overhead) filter (where i.estimated and not i.uncosted), 0), count(*),
    count(*) filter (where i.uncosted), i.program
from item i
group by 1, 2, 3, 4, i.program
$$;

-- What is kept, and of what changed since what is true now, as long as that is little.
create view metrics.cost as
with few as (
    select distinct account_id, month from metrics.cost_changed
    where (select count(*) <= 2000 from (select from metrics.cost_changed limit 2001) m)
)
select k.* from metrics.account_cost k
where not exists (select from few c where c.account_id = k.account_id and c.month = k.month)
union all
select f.* from (select array_agg(account_id) as accounts, array_agg(month) as months from few) changed,
    metrics.costs_of(changed.accounts, changed.months) f;

insert into metrics.cost_changed
select distinct t.account_id, metrics.month_of(t.day) from metrics.time_entry t where btrim(t.program) <> ''
union
select distinct n.account_id, metrics.month_of(n.at) from programs.entry n where n.kind = 'consumed';
