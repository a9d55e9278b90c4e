create extension if not exists pg_trgm with schema public;

create table accounts.account (
    id uuid primary key,
    external_id text not null unique,
    name text not null,
    parent_id uuid references accounts.account,
    segment text,
    stage text,
    owner_id uuid references identity.team_member,
    industry text,
    country text,
    region text,
    website text,
    time_zone text,
    language text,
    customer_since date,
    next_step text,
    next_step_on date,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index account_parent on accounts.account (parent_id) where parent_id is not null;
create index account_owner on accounts.account (owner_id);

create table accounts.contact (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    name text not null,
    email text,
    phone text,
    title text,
    roles text[] not null default '{}',
    language text,
    time_zone text,
    left_on date,
    confirmed_on date,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index contact_account on accounts.contact (account_id);
create index contact_email on accounts.contact (lower(email));

-- The queue of accounts whose facts changed. A set: marking twice is marking once.
create table accounts.changed (
    account_id uuid primary key references accounts.account on delete cascade,
    marked_at timestamptz not null
);

-- The one wide row per account that every list, filter, sum and segment reads. Each column has one owner, an
-- OverviewSource; the same queue that recomputes health refreshes it.
create table accounts.overview (
    account_id uuid primary key references accounts.account on delete cascade,
    -- accounts
    external_id text,
    name text,
    segment text,
    stage text,
    owner_id uuid,
    owner_name text,
    industry text,
    country text,
    next_step text,
    next_step_on date,
    -- contracts
    arr numeric,
    currency text,
    seats int,
    renews_on date,
    auto_renew boolean,
    -- health
    score numeric(5, 2),
    band text,
    coverage numeric(5, 2),
    score_before numeric(5, 2), -- 28 days earlier
    spark smallint[], -- 13 weeks, oldest first
    reason text, -- the part that pulls most, in words
    open_signals int,
    money_at_risk numeric,
    -- usage
    active_users int, -- last 28 days
    licences_used numeric(7, 4), -- share of seats
    events_28 bigint,
    usage_change numeric(9, 4), -- last 28 days against the 28 before, -0.4 = down 40 %
    last_used_on date,
    -- cases
    open_cases int,
    -- surveys
    nps smallint,
    -- engagement
    last_touch_on date,
    refreshed_at timestamptz
);
create index overview_score on accounts.overview (score, account_id);
create index overview_arr on accounts.overview (arr desc nulls last, account_id);
create index overview_renews on accounts.overview (renews_on, account_id);
create index overview_name on accounts.overview (name, account_id);
create index overview_name_search on accounts.overview using gin (name gin_trgm_ops);
create index overview_owner_score on accounts.overview (owner_id, score, account_id);
create index overview_segment_score on accounts.overview (segment, score, account_id);
