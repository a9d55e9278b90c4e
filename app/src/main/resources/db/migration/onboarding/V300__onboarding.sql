-- How a customer is brought from the contract to first value. A template is a text; each saving is a version, and an
-- onboarding keeps the one it began with.
create table onboarding.template (
    id uuid primary key,
    name text not null,
    number int not null, -- the version in force
    since date not null, -- what begins before this day starts nothing by itself
    resting boolean not null default false, -- starts nothing by itself
    changed_at timestamptz not null
);
create unique index template_name on onboarding.template (lower(name));

create table onboarding.template_version (
    template_id uuid not null references onboarding.template on delete cascade,
    number int not null,
    body text not null,
    saved_at timestamptz not null,
    saved_by text not null,
    primary key (template_id, number)
);

-- Which account a template has started for by itself: once, also when that is taken back.
create table onboarding.started (
    template_id uuid not null references onboarding.template on delete cascade,
    account_id uuid not null references accounts.account on delete cascade,
    at timestamptz not null,
    primary key (template_id, account_id)
);

create table onboarding.onboarding (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account on delete cascade,
    contract_id uuid, -- what was sold; null when nobody said
    template text, -- by name: what came from elsewhere counts among its past ones
    template_id uuid references onboarding.template on delete set null,
    template_number int,
    way text not null default 'elsewhere' check (way in ('guided', 'automated', 'elsewhere')),
    owner_id uuid references identity.team_member, -- null: whoever owns the account
    contact_id uuid, -- who leads at the customer
    started_on date not null, -- time to first value counts from here
    begins_on date, -- no milestone opens before; null: started_on
    told_on date, -- entitlements and where to get help
    first_value_on date,
    finished_on date,
    stopped_on date,
    stopped_why text,
    write_to text[] not null default '{}',
    help text,
    task_after int not null default 5, -- days from the helpful mail to the task
    -- Kept from its milestones.
    reached int not null default 0,
    total int not null default 0,
    next_milestone uuid,
    next_slow_on date,
    next_due_on date,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index onboarding_account on onboarding.onboarding (account_id, started_on desc);
create index onboarding_open on onboarding.onboarding (next_due_on, id) where finished_on is null and stopped_on is null;
create index onboarding_past on onboarding.onboarding (lower(template), finished_on);

create table onboarding.milestone (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account on delete cascade,
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    position int not null default 0,
    name text not null,
    ours text, -- role of ours that sees to it
    theirs text, -- role at the customer; null: all of it is up to us
    days int, -- expected
    after text[] not null default '{}', -- names of milestones before it
    begin_kind text,
    begin_subject text,
    begin_count int,
    done_kind text not null default 'ticked',
    done_subject text,
    done_count int,
    next text, -- told to the customer
    first_value boolean not null default false,
    opened_on date, -- what it waits for is there
    slow_on date, -- half of the customers before had it by then
    due_on date,
    have int not null default 0, -- how far the facts are
    need int not null default 1,
    begun_on date,
    progress_on date, -- last step forward
    seen_on date, -- when the facts say that it was reached
    evidence text,
    reached_on date,
    reached_by text,
    held boolean not null default false, -- a person said that it is not reached, whatever the facts say
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index milestone_onboarding on onboarding.milestone (onboarding_id, position);
create index milestone_account on onboarding.milestone (account_id);
create index milestone_due on onboarding.milestone (due_on) where reached_on is null and opened_on is not null;
create index milestone_begun on onboarding.milestone (onboarding_id) where reached_on is null and begun_on is not null;

-- Service resources that have to be set up: logins, portals, calendars.
create table onboarding.resource (
    id uuid primary key,
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    position int not null,
    name text not null,
    done_on date,
    done_by text
);
create index resource_onboarding on onboarding.resource (onboarding_id, position);

-- Who at the customer should get in, and whether they do.
create table onboarding.access (
    id uuid primary key,
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    contact_id uuid not null,
    verified_on date,
    way text check (way in ('link', 'use', 'hand')),
    unique (onboarding_id, contact_id),
    check ((verified_on is null) = (way is null))
);

-- What lets a contact see the plan and confirm access without signing in; only the hash of it is kept.
create table onboarding.link (
    token_hash text primary key,
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    contact_id uuid not null,
    expires_at timestamptz not null
);
create index link_onboarding on onboarding.link (onboarding_id);

-- Each contact is welcomed once.
create table onboarding.letter (
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    contact_id uuid not null,
    sent_on date not null,
    letter_id uuid not null,
    primary key (onboarding_id, contact_id)
);

-- What was done because a milestone is overdue: each once for a milestone, ever.
create table onboarding.nudge (
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    milestone_id uuid not null references onboarding.milestone on delete cascade,
    kind text not null check (kind in ('mail', 'task')),
    on_day date not null,
    contact_id uuid,
    letter_id uuid, -- null: there was nobody to write to
    task_id uuid,
    primary key (milestone_id, kind)
);
create index nudge_onboarding on onboarding.nudge (onboarding_id, kind, on_day);

create table onboarding.event (
    n bigint primary key generated always as identity,
    onboarding_id uuid not null references onboarding.onboarding on delete cascade,
    at timestamptz not null,
    what text not null,
    actor text not null,
    change uuid
);
create index event_onboarding on onboarding.event (onboarding_id, n desc);

-- How long past onboardings of a template took, by milestone; '' is the whole. Days from opening to reaching.
create table onboarding.pace (
    template text not null, -- lower case, as is the milestone
    milestone text not null,
    n int not null,
    median int not null,
    p80 int not null,
    primary key (template, milestone)
);

-- Accounts whose sales or onboarding records changed.
create table onboarding.waiting (
    account_id uuid primary key references accounts.account on delete cascade
);

-- What facts are asked for: what a milestone that waits needs to open, and what one that is not reached needs to be.
create view onboarding.asked as
select m.id as milestone_id, q.role, o.id as onboarding_id, o.account_id, o.started_on as since, o.told_on,
    q.kind, q.subject, coalesce(q.need, 1) as need
from onboarding.onboarding o
join onboarding.milestone m on m.onboarding_id = o.id
cross join lateral (values
    ('begin', m.begin_kind, m.begin_subject, m.begin_count),
    ('done', m.done_kind, m.done_subject, m.done_count)) as q (role, kind, subject, need)
where q.kind is not null and q.kind <> 'ticked' and m.reached_on is null and (q.role = 'done' or m.opened_on is null);

-- What happens in onboardings, for whoever acts upon it. Of the future only what is certain to come unless somebody moves.
create view onboarding.moments (id, account_id, kind, name, at) as
select o.id || ':started', o.account_id, 'started', coalesce(o.template, 'Onboarding'), o.started_on::timestamp at time zone 'UTC'
from onboarding.onboarding o
union all
select m.id || ':reached', m.account_id, 'milestone_reached', m.name, m.reached_on::timestamp at time zone 'UTC'
from onboarding.milestone m where m.reached_on is not null
union all
select m.id || ':overdue', m.account_id, 'milestone_overdue', m.name, (m.due_on + 1)::timestamp at time zone 'UTC'
from onboarding.milestone m join onboarding.onboarding o on o.id = m.onboarding_id
where m.opened_on is not null and (m.reached_on is null or m.reached_on > m.due_on)
  and (o.stopped_on is null or o.stopped_on > m.due_on) and (o.finished_on is null or o.finished_on > m.due_on)
union all
select o.id || ':first-value', o.account_id, 'first_value', coalesce(o.template, 'Onboarding'),
    o.first_value_on::timestamp at time zone 'UTC'
from onboarding.onboarding o where o.first_value_on is not null
union all
select o.id || ':finished', o.account_id, 'finished', coalesce(o.template, 'Onboarding'),
    o.finished_on::timestamp at time zone 'UTC'
from onboarding.onboarding o where o.finished_on is not null;
