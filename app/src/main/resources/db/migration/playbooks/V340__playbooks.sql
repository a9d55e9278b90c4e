-- What is done when something happens at a customer, as text with versions.
create table playbooks.playbook (
    id uuid primary key,
    number int generated always as identity unique, -- its place in playbooks.standing
    key text not null unique check (key ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
    state text not null default 'draft' check (state in ('draft', 'shadow', 'active', 'paused')),
    in_force uuid, -- playbooks.version; null before it ran for the first time
    since timestamptz, -- moments before this start nothing
    include_present boolean not null default false, -- as the version in force says
    moment text, -- of the version in force: signal, segment, date ...
    state_at timestamptz not null,
    state_by text not null
);

create table playbooks.version (
    id uuid primary key,
    playbook_id uuid not null references playbooks.playbook on delete cascade,
    number int not null,
    name text not null,
    text text not null,
    note text not null default '',
    created_at timestamptz not null,
    created_by text not null,
    unique (playbook_id, number)
);

-- One episode of one account in one playbook. The key makes it start once, whatever happens.
create table playbooks.run (
    id uuid primary key,
    playbook_id uuid not null references playbooks.playbook on delete cascade,
    version_id uuid not null references playbooks.version,
    account_id uuid not null references accounts.account on delete cascade,
    episode text not null,
    moment_at timestamptz not null,
    evidence text not null,
    signal_id uuid, -- health.signal that opened
    money numeric, -- a year's revenue of the account when it was found
    currency text,
    state text not null
        check (state in ('queued', 'running', 'finished', 'exited', 'held_out', 'failed', 'undone')),
    shadow boolean not null default false, -- says what it would do and does nothing
    queued_at timestamptz not null,
    started_at timestamptz,
    position int not null default 0,
    due_at timestamptz, -- of the next step
    waits_until timestamptz, -- a step waits for a moment, at most until then
    ended_at timestamptz,
    because text, -- why it ended
    tries int not null default 0,
    unique (playbook_id, account_id, episode)
);
create index run_due on playbooks.run (due_at) where state = 'running';
create index run_queued on playbooks.run (playbook_id, money desc nulls last) where state = 'queued';
create index run_account on playbooks.run (account_id, queued_at desc);
create index run_playbook on playbooks.run (playbook_id, queued_at desc, id);
create index run_started on playbooks.run (playbook_id, started_at) where started_at is not null;

-- What a run did, or in the shadow would have done. A step acts once.
create table playbooks.act (
    run_id uuid not null references playbooks.run on delete cascade,
    position int not null,
    kind text not null,
    words text not null,
    at timestamptz not null,
    things uuid[] not null default '{}', -- tasks or letters
    field text, -- of accounts.account
    before text,
    after text,
    primary key (run_id, position)
);

-- Playbooks whose conditions an account fulfils, by their numbers, as of the last look.
create table playbooks.standing (
    account_id uuid primary key references accounts.account on delete cascade,
    within int[] not null
);

-- Accounts at which to look again. Every writer adds rows of its own, so that nobody waits for anybody.
create table playbooks.waiting (
    id bigint generated always as identity primary key,
    account_id uuid not null,
    marked_at timestamptz not null
);

-- How far the accounts' rows were read, and which day was looked through.
create table playbooks.looked (
    one boolean primary key default true check (one),
    seen text not null,
    day date,
    moments_at timestamptz
);

create table playbooks.webhook (
    name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    url text not null,
    secret text not null,
    created_at timestamptz not null,
    created_by text not null
);

create table playbooks.delivery (
    id uuid primary key,
    run_id uuid not null references playbooks.run on delete cascade,
    position int not null,
    webhook text not null,
    body text not null,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
    attempts int not null default 0,
    next_at timestamptz not null,
    claimed_until timestamptz,
    words text not null default '',
    created_at timestamptz not null,
    settled_at timestamptz,
    unique (run_id, position)
);
create index delivery_due on playbooks.delivery (next_at) where state = 'waiting';

-- What a version would have done in the past year.
create table playbooks.rehearsal (
    id uuid primary key,
    playbook_id uuid not null references playbooks.playbook on delete cascade,
    version_id uuid not null references playbooks.version on delete cascade,
    job_id uuid,
    made_at timestamptz,
    made_by text not null,
    result text -- JSON; null while it runs
);
create index rehearsal_playbook on playbooks.rehearsal (playbook_id, id desc);

-- A day, or nothing when the words are none.
create function playbooks.as_day(words text) returns date
    language plpgsql
    immutable
    parallel safe
as $$
begin
    return case when words ~ '^\d{4}-\d{2}-\d{2}' then left(words, 10)::date end;
exception
    when others then
        return null;
end $$;
