-- Versions of the health models. Text is the model; everything else says who put it in force, when and why.
create table health.model_version (
    id uuid primary key,
    name text not null,
    version int not null,
    text text not null,
    state text not null check (state in ('draft', 'published', 'retired')),
    reason text not null default '',
    created_by text not null,
    created_at timestamptz not null,
    published_by text,
    published_at timestamptz,
    retired_at timestamptz,
    unique (name, version)
);
create unique index model_version_in_force on health.model_version (name) where state = 'published';

-- Mean sub-score per segment and measure, sealed: from valid_from on they stand, so that a score of any past day can
-- be computed again to the last digit. Segment '' holds the means of all accounts.
create table health.norms (
    model_version uuid not null references health.model_version on delete cascade,
    valid_from date not null,
    segment text not null,
    measure text not null,
    mean double precision not null,
    accounts int not null,
    primary key (model_version, valid_from, segment, measure)
);

-- The present score, and the readings it was computed from. The breakdown is not stored: the same pure function
-- computes it again from the readings.
create table health.score (
    account_id uuid primary key references accounts.account on delete cascade,
    score double precision not null,
    band text not null,
    coverage double precision not null,
    segment text not null,
    model_version uuid not null references health.model_version,
    reason text not null default '',
    readings json not null,
    readings_digest uuid not null,
    weekly smallint[] not null, -- end of week, oldest first, the last is now; -1 = not enough data
    week date not null, -- Monday of the last entry of weekly
    as_of timestamptz not null
) with (fillfactor = 80);
create index score_band on health.score (band);

-- History, as changes only: a row when the rounded score, the band or the model changed.
create table health.score_change (
    account_id uuid not null references accounts.account on delete cascade,
    at timestamptz not null,
    score double precision not null,
    band text not null,
    coverage double precision not null,
    model_version uuid not null references health.model_version,
    contributions json not null,
    primary key (account_id, at)
);
create index score_change_at on health.score_change (at);

-- Accounts that could not be scored, with the reason; they do not hold up the others.
create table health.parked (
    account_id uuid primary key references accounts.account on delete cascade,
    error text not null,
    parked_at timestamptz not null
);

-- Days whose roll-over is done: scores age even when no fact changes.
create table health.rolled_over (
    day date primary key,
    at timestamptz not null
);

create table health.signal (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    cause text not null,
    episode int not null,
    state text not null check (state in ('open', 'acknowledged', 'snoozed', 'done', 'closed')),
    urgency text not null check (urgency in ('now', 'this_week', 'soon')),
    evidence text not null,
    remedy text not null,
    money numeric,
    currency text,
    owner_id uuid references identity.team_member,
    opened_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    snoozed_until date,
    snooze_reason text,
    outcome text,
    closed_at timestamptz,
    closed_by text,
    closed_because text,
    -- false while a finished signal's cause still stands: it does not fire again before the cause went away
    cause_gone boolean not null default false,
    unique (account_id, cause, episode)
);
create unique index signal_one_open on health.signal (account_id, cause)
    where state in ('open', 'acknowledged', 'snoozed');
create index signal_standing on health.signal (account_id)
    where state in ('open', 'acknowledged', 'snoozed') or not cause_gone;
