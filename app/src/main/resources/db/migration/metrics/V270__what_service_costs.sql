-- What service costs, by customer and month, from time, cases, conversations, tasks and units delivered.

-- What an hour costs from a day on: of a team, of a role, or of everybody else. The team's word counts before the role's.
create table metrics.cost_rate (
    id uuid primary key,
    role text check (role in ('ADMIN', 'LEADER', 'CSM', 'SUPPORT', 'READ_ONLY')),
    team_id uuid references identity.team on delete cascade,
    starts_on date not null,
    hourly numeric not null check (hourly >= 0),
    overhead numeric not null default 0 check (overhead between 0 and 5), -- share on top: rooms, tools, management
    month_hours numeric check (month_hours > 0 and month_hours <= 744), -- productive hours of one person
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    set_by text not null,
    set_at timestamptz not null,
    check (role is null or team_id is null),
    unique nulls not distinct (role, team_id, starts_on)
);

-- What counts where nothing was recorded: 'case' in money; 'call', 'meeting', 'mail' and 'task' in minutes; 'unit:NAME' in money
-- for one unit of an entitlement.
create table metrics.cost_assumption (
    what text not null,
    starts_on date not null,
    amount numeric not null check (amount >= 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    set_by text not null,
    set_at timestamptz not null,
    primary key (what, starts_on),
    check ((currency is null) = (what in ('call', 'meeting', 'mail', 'task')))
);

-- Who spent how long on what. Kept to the convention of record types.
create table metrics.time_entry (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account on delete cascade,
    member_id uuid references identity.team_member,
    case_id uuid references cases.support_case on delete set null,
    activity text not null,
    program text,
    day date not null,
    minutes numeric not null check (minutes > 0 and minutes <= 1440),
    note text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index time_entry_account on metrics.time_entry (account_id, day);
create index time_entry_case on metrics.time_entry (case_id) where case_id is not null;
create index time_entry_day on metrics.time_entry (day);

create view metrics.rate as
select role, team_id, starts_on, hourly, overhead, currency from metrics.cost_rate
union all -- what was said for defects counts for everybody, as long as nothing else is said
select null, null, '-infinity'::date, r.hour, 0, r.currency from defects.rate r where r.hour is not null;

create view metrics.assumed as
select what, starts_on, amount, currency from metrics.cost_assumption
union all
select 'case', '-infinity'::date, r.per_case, r.currency from defects.rate r where r.per_case is not null;

-- What an hour of this person costs on a day; of nobody known what it costs of everybody else.
create function metrics.rate_of(member uuid, day date)
    returns table (hourly numeric, overhead numeric, currency text)
    language sql stable as $$
select r.hourly, r.overhead, r.currency
from metrics.rate r left join identity.team_member m on m.id = member
where r.starts_on <= day
  and (r.team_id = m.team_id or r.role = m.role or (r.team_id is null and r.role is null))
order by (r.team_id is not null) desc, (r.role is not null) desc, r.starts_on desc
limit 1
$$;

create function metrics.assumption(what text, day date)
    returns table (amount numeric, currency text)
    language sql stable as $$
select a.amount, a.currency from metrics.assumed a where a.what = $1 and a.starts_on <= $2
order by a.starts_on desc limit 1
$$;

-- A number that an import brought in its own column; nothing where it is none.
create function metrics.number(said text) returns numeric
    language sql immutable parallel safe
    return case when said ~ '^[0-9]{1,7}([.][0-9]{1,4})?$' then said::numeric end;

-- Each solved case with what it took. Time entries about it come first, then its minutes, then what a case usually costs: that is
-- an estimate. uncosted: nothing of this is known.
create view metrics.case_cost as
select c.id as case_id, c.account_id, c.number, c.subject, c.cause, c.resolved_at, e.timed,
    coalesce(e.minutes, w.minutes) as minutes,
    case when e.timed then e.currency when w.minutes is not null and r.hourly is not null then r.currency else f.currency end as currency,
    case when e.timed then e.direct when w.minutes is not null and r.hourly is not null then w.minutes * r.hourly / 60
        else f.amount end as direct,
    case when e.timed then e.overhead when w.minutes is not null and r.hourly is not null
        then w.minutes * r.hourly * r.overhead / 60 else 0 end as overhead,
    not e.timed and (w.minutes is null or r.hourly is null) and f.amount is not null as estimated,
    case when e.timed then e.direct is null
        else (w.minutes is null or r.hourly is null) and f.amount is null end as uncosted
from cases.support_case c
cross join lateral (
    select count(*) > 0 as timed, sum(t.minutes) as minutes, min(tr.currency) as currency,
        -- Rates in different currencies are not added together.
        case when count(distinct tr.currency) = 1 then sum(t.minutes * tr.hourly / 60) end as direct,
        case when count(distinct tr.currency) = 1 then sum(t.minutes * tr.hourly * tr.overhead / 60) end as overhead
    from metrics.time_entry t left join lateral metrics.rate_of(t.member_id, t.day) tr on true
    where t.case_id = c.id) e
cross join lateral (select metrics.number(c.attributes ->> 'handling_minutes') as minutes) w
left join lateral metrics.rate_of(c.assignee_id, (c.resolved_at at time zone 'UTC')::date) r on w.minutes is not null
left join lateral metrics.assumption('case', (c.resolved_at at time zone 'UTC')::date) f on true
where c.resolved_at is not null and c.merged_into is null;

-- What these accounts cost in these months, each pair of both arrays: the one definition. Kind: time, cases, touchpoints,
-- tasks, units. Conversations and tasks of a day for which the account has time entries are in these, and not assumed again.
create function metrics.costs_of(accounts uuid[], months date[])
    returns table (
        account_id uuid, month date, kind text, currency text, minutes numeric, direct numeric, overhead numeric,
        estimated numeric, items bigint, uncosted bigint)
    language sql stable as $$
with pair as (
    select p.account_id, p.month, (p.month + interval '1 month')::date as next,
        p.month::timestamp at time zone 'UTC' as starts, (p.month + interval '1 month') at time zone 'UTC' as ends
    from unnest(accounts, months) as p (account_id, month)
), item as (
    select p.account_id, p.month, case when t.case_id is null then 'time' else 'cases' end as kind, r.currency,
        t.minutes, t.minutes * r.hourly / 60 as direct, t.minutes * r.hourly * r.overhead / 60 as overhead,
        false as estimated, r.hourly is null as uncosted
    from pair p
    join metrics.time_entry t on t.account_id = p.account_id and t.day >= p.month and t.day < p.next
    left join lateral metrics.rate_of(t.member_id, t.day) r on true
    union all
    select p.account_id, p.month, 'cases', c.currency, c.minutes, c.direct, c.overhead, c.estimated, c.uncosted
    from pair p
    join metrics.case_cost c on c.account_id = p.account_id and c.resolved_at >= p.starts and c.resolved_at < p.ends
    where not c.timed
    union all
    select p.account_id, p.month, 'touchpoints', r.currency, w.minutes, w.minutes * r.hourly / 60,
        w.minutes * r.hourly * r.overhead / 60, w.recorded is null, w.minutes is null or r.hourly is null
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
        a.amount * r.hourly * r.overhead / 60, true, a.amount is null or r.hourly is null
    from pair p
    join engagement.task t on t.account_id = p.account_id and t.done_at >= p.starts and t.done_at < p.ends
    left join lateral metrics.assumption('task', (t.done_at at time zone 'UTC')::date) a on true
    left join lateral metrics.rate_of(t.owner_id, (t.done_at at time zone 'UTC')::date) r on a.amount is not null
    where not exists (
        select from metrics.time_entry e
        where e.account_id = t.account_id and e.day = (t.done_at at time zone 'UTC')::date and e.case_id is null)
    union all
    -- Units without a cost of their own are delivered by people, whose time is counted.
    select p.account_id, p.month, 'units', a.currency, null, n.amount * a.amount, 0, false, false
    from pair p
    join programs.entry n on n.account_id = p.account_id and n.at >= p.starts and n.at < p.ends and n.kind = 'consumed'
    join programs.pot o on o.id = n.pot_id
    join lateral metrics.assumption('unit:' || o.unit, (n.at at time zone 'UTC')::date) a on true
)
select i.account_id, i.month, i.kind, coalesce(case when not i.uncosted then i.currency end, ''), coalesce(sum(i.minutes), 0),
    coalesce(sum(i.direct) filter (where not i.uncosted), 0), coalesce(sum(i.overhead) filter (where not i.uncosted), 0),
    coalesce(sum(i.direct + i.overhead) filter (where i.estimated and not i.uncosted), 0), count(*),
    count(*) filter (where i.uncosted)
from item i
group by 1, 2, 3, 4
$$;

create table metrics.account_cost (
    account_id uuid not null,
    month date not null,
    kind text not null,
    currency text not null, -- empty for what could not be costed
    minutes numeric not null,
    direct numeric not null,
    overhead numeric not null,
    estimated numeric not null, -- the part of both that rests on what is usual
    items bigint not null,
    uncosted bigint not null, -- of the items those without any cost
    primary key (month, account_id, kind, currency)
);
create index account_cost_account on metrics.account_cost (account_id, month);

-- Customers and months of which something changed since. Rows are only added here and taken away once they were counted again;
-- readers count such pairs for themselves as long as they are few.
create table metrics.cost_changed (
    account_id uuid not null,
    month date not null
);
create index cost_changed_pair on metrics.cost_changed (account_id, month);

-- Everything from this month on is to be counted again, because what an hour costs was said anew.
create table metrics.costs_said (
    from_month date not null
);

create function metrics.month_of(day date) returns date
    language sql immutable parallel safe return date_trunc('month', day::timestamp)::date;
create function metrics.month_of(at timestamptz) returns date
    language sql immutable parallel safe return date_trunc('month', at at time zone 'UTC')::date;

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

-- One trigger for all sources: the expression says which month a row belongs to.
create function metrics.costs_changed() returns trigger
    language plpgsql as $$
declare
    moment text := tg_argv[0];
begin
    if tg_op <> 'INSERT' then
        execute format('insert into metrics.cost_changed select distinct account_id, metrics.month_of(%I) from stale where %I is not null',
            moment, moment);
    end if;
    if tg_op <> 'DELETE' then
        execute format('insert into metrics.cost_changed select distinct account_id, metrics.month_of(%I) from fresh where %I is not null',
            moment, moment);
    end if;
    return null;
end $$;

-- Most changes of cases are none to their cost.
create function metrics.case_costs_changed() returns trigger
    language plpgsql as $$
begin
    insert into metrics.cost_changed
    select distinct t.account_id, metrics.month_of(t.at)
    from stale s join fresh f on f.id = s.id
    cross join lateral (values (s.account_id, s.resolved_at), (f.account_id, f.resolved_at)) as t (account_id, at)
    where t.at is not null
      and (s.account_id, s.resolved_at, s.assignee_id, s.merged_into, s.attributes ->> 'handling_minutes')
        is distinct from (f.account_id, f.resolved_at, f.assignee_id, f.merged_into, f.attributes ->> 'handling_minutes');
    return null;
end $$;

-- A case that has time entries is not costed by itself: also in the month in which it was solved.
create function metrics.timed_case_changed() returns trigger
    language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into metrics.cost_changed
        select distinct c.account_id, metrics.month_of(c.resolved_at)
        from stale s join cases.support_case c on c.id = s.case_id where c.resolved_at is not null;
    end if;
    if tg_op <> 'DELETE' then
        insert into metrics.cost_changed
        select distinct c.account_id, metrics.month_of(c.resolved_at)
        from fresh f join cases.support_case c on c.id = f.case_id where c.resolved_at is not null;
    end if;
    return null;
end $$;

create trigger costs_new after insert on metrics.time_entry
    referencing new table as fresh for each statement execute function metrics.costs_changed('day');
create trigger costs_changed after update on metrics.time_entry
    referencing old table as stale new table as fresh for each statement execute function metrics.costs_changed('day');
create trigger costs_gone after delete on metrics.time_entry
    referencing old table as stale for each statement execute function metrics.costs_changed('day');
create trigger timed_new after insert on metrics.time_entry
    referencing new table as fresh for each statement execute function metrics.timed_case_changed();
create trigger timed_changed after update on metrics.time_entry
    referencing old table as stale new table as fresh for each statement execute function metrics.timed_case_changed();
create trigger timed_gone after delete on metrics.time_entry
    referencing old table as stale for each statement execute function metrics.timed_case_changed();
create trigger costs_new after insert on cases.support_case
    referencing new table as fresh for each statement execute function metrics.costs_changed('resolved_at');
create trigger costs_changed after update on cases.support_case
    referencing old table as stale new table as fresh for each statement execute function metrics.case_costs_changed();
create trigger costs_gone after delete on cases.support_case
    referencing old table as stale for each statement execute function metrics.costs_changed('resolved_at');
create trigger costs_new after insert on engagement.touchpoint
    referencing new table as fresh for each statement execute function metrics.costs_changed('at');
create trigger costs_changed after update on engagement.touchpoint
    referencing old table as stale new table as fresh for each statement execute function metrics.costs_changed('at');
create trigger costs_gone after delete on engagement.touchpoint
    referencing old table as stale for each statement execute function metrics.costs_changed('at');
create trigger costs_new after insert on engagement.task
    referencing new table as fresh for each statement execute function metrics.costs_changed('done_at');
create trigger costs_changed after update on engagement.task
    referencing old table as stale new table as fresh for each statement execute function metrics.costs_changed('done_at');
create trigger costs_gone after delete on engagement.task
    referencing old table as stale for each statement execute function metrics.costs_changed('done_at');
create trigger costs_new after insert on programs.entry
    referencing new table as fresh for each statement execute function metrics.costs_changed('at');

-- Every customer and month since with anything that costs.
create function metrics.mark_costs(first date) returns void
    language sql as $$
    insert into metrics.cost_changed
    select account_id, month from metrics.account_cost where month >= first
    union
    select account_id, metrics.month_of(at) from programs.entry
    where kind = 'consumed' and at >= first::timestamp at time zone 'UTC'
$$;

-- Another rate is another cost of every month since. Few pairs are marked at once; many month by month in the background.
create function metrics.costs_said_anew(since date) returns void
    language plpgsql as $$
declare
    first date := metrics.month_of(greatest(since, '1970-01-01'::date));
begin
    if (select count(*) from (select from metrics.account_cost where month >= first limit 2001) few) > 2000 then
        insert into metrics.costs_said values (first);
    else
        perform metrics.mark_costs(first);
    end if;
end $$;

create function metrics.rates_changed() returns trigger
    language plpgsql as $$
declare
    since date := '1970-01-01';
begin
    if tg_table_schema = 'metrics' then
        since := case tg_op when 'INSERT' then new.starts_on when 'DELETE' then old.starts_on
            else least(old.starts_on, new.starts_on) end;
    end if;
    perform metrics.costs_said_anew(since);
    return null;
end $$;
create trigger costs_said after insert or update or delete on metrics.cost_rate
    for each row execute function metrics.rates_changed();
create trigger costs_said after insert or update or delete on metrics.cost_assumption
    for each row execute function metrics.rates_changed();
create trigger costs_said after insert or update or delete on defects.rate
    for each row execute function metrics.rates_changed();

-- Months as a number that grows evenly within each month: the months of cover between two days are the difference.
create function metrics.months_at(day date) returns numeric
    language sql immutable parallel safe
    return extract(year from day) * 12 + extract(month from day)
        + (extract(day from day) - 1) / extract(day from date_trunc('month', day::timestamp) + interval '1 month - 1 day');

-- An investment in service that somebody thought through.
create table metrics.scenario (
    id uuid primary key,
    name text not null check (length(btrim(name)) between 1 and 120),
    inputs jsonb not null,
    saved_by text not null,
    saved_at timestamptz not null
);
create unique index scenario_name on metrics.scenario (lower(name));

insert into metrics.cost_changed
select distinct account_id, metrics.month_of(resolved_at) from cases.support_case where resolved_at is not null and merged_into is null
union select distinct account_id, metrics.month_of(at) from engagement.touchpoint where kind in ('call', 'meeting', 'mail')
union select distinct account_id, metrics.month_of(done_at) from engagement.task where done_at is not null
union select distinct account_id, metrics.month_of(at) from programs.entry where kind = 'consumed';
