-- What customers want to reach, by their own definition, and how far they are.
create table success.plan (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account on delete cascade,
    name text not null,
    state text check (state in ('draft', 'open', 'closed')), -- open when nothing is said
    phase text not null generated always as (coalesce(state, 'open')) stored,
    owner_id uuid references identity.team_member, -- the owner of the account when nothing is said
    starts_on date,
    ends_on date,
    closed_on date,
    result text, -- what came of it, in words
    features text[], -- that serve the goals, by their names in files and events
    features_since timestamptz, -- when these were named
    hours numeric check (hours >= 0), -- that the customer's people spend on it in a year
    hour_cost numeric check (hour_cost >= 0), -- of one, in the currency
    currency text,
    blueprint text, -- that it began with
    note text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    constraint plan_ends_before_it_starts check (ends_on >= starts_on)
);
create index plan_account on success.plan (account_id);
create index plan_open on success.plan (ends_on, id) where phase = 'open';
create index plan_owner on success.plan (owner_id) where phase = 'open';

create function success.features_named() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' or new.features is distinct from old.features then
        new.features_since := new.updated_at;
    end if;
    return new;
end $$;
create trigger features_named before insert or update of features on success.plan
    for each row execute function success.features_named();

-- How much of the way from the baseline to the target is gone, 0 to 1; in either direction. Where there is no way, all or nothing.
create function success.attainment(baseline numeric, target numeric, actual numeric, direction text, reached boolean)
    returns numeric
    language sql immutable parallel safe
    return case
        when target is null then case when reached then 1 when not reached then 0 end
        when actual is null then null
        when baseline is null or baseline = target then
            case when case when direction = 'down' then actual <= target else actual >= target end then 1 else 0 end
        else least(1, greatest(0, (actual - baseline) / (target - baseline)))
    end;

create table success.outcome (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account on delete cascade,
    plan_id uuid not null references success.plan on delete cascade,
    objective text, -- in the customer's words; outcomes with the same words measure one objective
    name text not null,
    unit text,
    baseline numeric,
    target numeric,
    actual numeric,
    actual_on date,
    direction text check (direction in ('up', 'down')), -- asked only where no baseline tells
    reached boolean, -- of what has no number
    weight numeric, -- one when nothing is said
    due_on date,
    measure text, -- a live one that the actual is read from
    subject text, -- of the measure, such as a feature
    value numeric, -- what it is worth to the customer in a year when it is reached
    currency text,
    value_basis text, -- how that comes about, and who said so
    realised numeric generated always as (success.attainment(baseline, target, actual, direction, reached)) stored,
    reached_on date,
    confirmed_at timestamptz, -- by the customer, once
    confirmed_by text,
    confirmed_contact uuid, -- accounts.contact; contacts may be erased
    confirmed_words text,
    doubted_at timestamptz, -- the customer says that it is not so
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    constraint weight_must_be_above_zero check (weight > 0),
    constraint value_needs_its_currency check (value is null or currency is not null)
);
create index outcome_plan on success.outcome (plan_id);
create index outcome_account on success.outcome (account_id);
create index outcome_measured on success.outcome (account_id, id) where measure is not null;
create index outcome_reached on success.outcome (reached_on, id) where reached_on is not null;
create index outcome_due on success.outcome (due_on) where reached_on is null;

-- What an outcome was, day by day: whichever way the actual came in.
create table success.reading (
    outcome_id uuid not null references success.outcome on delete cascade,
    day date not null,
    value numeric,
    reached boolean,
    primary key (outcome_id, day)
);

create function success.outcome_read() returns trigger language plpgsql as $$
declare
    share numeric := success.attainment(new.baseline, new.target, new.actual, new.direction, new.reached);
begin
    if new.actual is not null and new.actual_on is null then
        new.actual_on := cast(new.updated_at at time zone 'UTC' as date);
    end if;
    if share is null or share < 1 then
        new.reached_on := null;
    elsif new.reached_on is null then
        new.reached_on := coalesce(case when new.target is not null then new.actual_on end,
            cast(new.updated_at at time zone 'UTC' as date));
    end if;
    return new;
end $$;
create trigger outcome_read before insert or update on success.outcome
    for each row execute function success.outcome_read();

create function success.outcome_kept() returns trigger language plpgsql as $$
begin
    if new.actual is not null or new.target is null and new.reached is not null then
        insert into success.reading as r (outcome_id, day, value, reached)
        values (new.id, coalesce(case when new.target is not null or new.actual is not null then new.actual_on end,
            cast(new.updated_at at time zone 'UTC' as date)), new.actual, case when new.target is null then new.reached end)
        on conflict (outcome_id, day) do update set value = excluded.value, reached = excluded.reached
        where (r.value, r.reached) is distinct from (excluded.value, excluded.reached);
    end if;
    return null;
end $$;
create trigger outcome_kept after insert or update of actual, actual_on, reached on success.outcome
    for each row execute function success.outcome_kept();

create table success.stakeholder (
    id uuid primary key,
    plan_id uuid not null references success.plan on delete cascade,
    contact_id uuid not null, -- accounts.contact; contacts may be erased
    role text not null,
    unique (plan_id, contact_id)
);
create index stakeholder_contact on success.stakeholder (contact_id);

-- What the customer says that it did for them.
create table success.impact (
    id uuid primary key,
    plan_id uuid not null references success.plan on delete cascade,
    account_id uuid not null references accounts.account on delete cascade,
    impact text not null check (impact in ('positive', 'neutral', 'none', 'negative')),
    said_on date not null,
    said_by text not null,
    contact_id uuid,
    words text
);
create index impact_plan on success.impact (plan_id, said_on desc);
create index impact_account on success.impact (account_id, said_on desc);

create table success.plan_task (
    task_id uuid primary key, -- engagement.task
    plan_id uuid not null references success.plan on delete cascade
);
create index plan_task_plan on success.plan_task (plan_id);

-- One task for each signal of falling goal features, ever.
create table success.flag_task (
    signal_id uuid primary key, -- health.signal
    account_id uuid not null references accounts.account on delete cascade,
    task_id uuid not null,
    at timestamptz not null
);
create index flag_task_account on success.flag_task (account_id);

-- Letters that ask a customer to confirm. Only the hash of the secret in the link is kept.
create table success.ask (
    id uuid primary key,
    plan_id uuid not null references success.plan on delete cascade,
    account_id uuid not null references accounts.account on delete cascade,
    contact_id uuid not null,
    contact_name text not null,
    token_hash text not null unique,
    letter_id uuid,
    sent_by text not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz
);
create index ask_plan on success.ask (plan_id, sent_at desc);
create index ask_account on success.ask (account_id);

create table success.event (
    n bigint primary key generated always as identity,
    plan_id uuid not null references success.plan on delete cascade,
    at timestamptz not null,
    what text not null,
    actor text not null,
    change uuid
);
create index event_plan on success.event (plan_id, n desc);

-- What a company wrote itself: blueprints by key, and the journey under the key "journey". What ships stands until then.
create table success.text (
    kind text not null check (kind in ('blueprint', 'journey')),
    key text not null,
    body text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (kind, key)
);

-- Days on which live measures were read into outcomes.
create table success.measured_day (
    day date primary key,
    at timestamptz not null,
    outcomes int not null,
    changed int not null
);

-- How far plans are. Realised: weight times attainment over weights, of what is due; what is due and was never measured counts as
-- nothing reached, and is counted beside.
create function success.progress(plans uuid[], today date) returns table (
    plan_id uuid, outcomes int, reached int, due int, overdue int, unmeasured int, realised numeric, realised_of_all numeric,
    next_due_on date)
    language sql stable parallel safe as $$
select p.id, count(o.id)::int, count(o.reached_on)::int, (count(*) filter (where d.due))::int,
    (count(*) filter (where d.due and o.reached_on is null))::int,
    (count(o.id) filter (where o.realised is null))::int,
    sum(coalesce(o.weight, 1) * coalesce(o.realised, 0)) filter (where d.due) * 100
        / nullif(sum(coalesce(o.weight, 1)) filter (where d.due), 0),
    sum(coalesce(o.weight, 1) * coalesce(o.realised, 0)) * 100 / nullif(sum(coalesce(o.weight, 1)), 0),
    min(o.due_on) filter (where o.reached_on is null and o.due_on > $2)
from success.plan p
left join success.outcome o on o.plan_id = p.id
cross join lateral (
    select o.id is not null and (coalesce(o.due_on, p.ends_on) <= $2 or p.phase = 'closed') as due) d
where p.id = any($1)
group by p.id
$$;

-- Outcomes that are reached, as facts for others: growth, statements, metrics.
create view success.outcomes_reached as
select o.id, o.account_id, o.plan_id, p.name as plan, coalesce(o.objective, o.name) as objective, o.name, o.unit, o.baseline,
    o.target, o.actual, o.reached_on, o.confirmed_at, o.confirmed_by, o.value, o.currency
from success.outcome o join success.plan p on p.id = o.plan_id
where o.reached_on is not null and p.phase <> 'draft';

-- Features that serve the goals of plans that run, as facts for the measure of falling use.
create view success.goal_features as
select p.account_id, p.id as plan_id, f.id as feature_id, coalesce(f.shown_as, f.name) as feature, p.features_since as since
from success.plan p
cross join lateral unnest(p.features) n (name)
join usage.feature f on f.name = n.name
where p.phase = 'open';

-- What is known about where customers stand in their life: one account, or all. Null where it is not known.
create function success.whereabouts(one uuid, today date) returns table (
    account_id uuid, days_customer int, days_to_renewal int, licences_used numeric, use_days int, score numeric, plans int,
    outcomes_reached int, realised numeric, bought_more int, gone int)
    language sql stable parallel safe as $$
select o.account_id, $2 - coalesce(a.customer_since, l.first_on), o.renews_on - $2, o.licences_used * 100,
    $2 - o.last_used_on, o.score, coalesce(p.plans, 0)::int, coalesce(p.reached, 0)::int, p.realised,
    coalesce(l.recent, 0), case when o.band = 'LEFT' then 1 else 0 end
from accounts.overview o
join accounts.account a on a.id = o.account_id
left join (
    select x.account_id, min(x.starts_on) as first_on,
        max(case when x.starts_on > $2 - 365 and x.starts_on <= $2 and x.starts_on > f.first_on + 30 then 1 else 0 end) as recent
    from contracts.contract_line x
    join (select y.account_id, min(y.starts_on) as first_on from contracts.contract_line y
        where $1 is null or y.account_id = $1 group by 1) f on f.account_id = x.account_id
    where $1 is null or x.account_id = $1 group by 1
) l on l.account_id = o.account_id
left join (
    select n.account_id, count(distinct n.id) filter (where n.phase = 'open') as plans, count(u.reached_on) as reached,
        sum(coalesce(u.weight, 1) * coalesce(u.realised, 0)) filter (where coalesce(u.due_on, n.ends_on) <= $2) * 100
            / nullif(sum(coalesce(u.weight, 1)) filter (where coalesce(u.due_on, n.ends_on) <= $2), 0) as realised
    from success.plan n left join success.outcome u on u.plan_id = n.id
    where n.phase <> 'draft' and ($1 is null or n.account_id = $1) group by 1
) p on p.account_id = o.account_id
where $1 is null or o.account_id = $1
$$;
