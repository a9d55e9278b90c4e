create table cases.support_case (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contact_id uuid,
    subject text,
    opened_at timestamptz not null,
    first_response_at timestamptz,
    first_response_minutes numeric,
    resolved_at timestamptz,
    closed_at timestamptz,
    status text,
    priority text check (priority in ('urgent', 'high', 'medium', 'low')),
    cause text,
    product text,
    channel text,
    assignee text,
    satisfaction numeric,
    satisfaction_scale numeric,
    reopened int,
    escalated boolean,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    -- A time given as a day only counts from its midnight and may lie before the hour at which the case came in.
    constraint resolved_before_opened check (resolved_at >= opened_at
        or ((resolved_at at time zone 'UTC')::time = '00:00'
            and (resolved_at at time zone 'UTC')::date = (opened_at at time zone 'UTC')::date)),
    constraint closed_before_opened check (closed_at >= opened_at
        or ((closed_at at time zone 'UTC')::time = '00:00'
            and (closed_at at time zone 'UTC')::date = (opened_at at time zone 'UTC')::date)),
    constraint first_response_before_opened check (first_response_at >= opened_at
        or ((first_response_at at time zone 'UTC')::time = '00:00'
            and (first_response_at at time zone 'UTC')::date = (opened_at at time zone 'UTC')::date)),
    constraint satisfaction_off_its_scale check (satisfaction between 0 and coalesce(satisfaction_scale, 1000)),
    constraint counts_below_zero check (reopened >= 0 and first_response_minutes >= 0)
);
create index support_case_account on cases.support_case (account_id, opened_at desc);
create index support_case_opened on cases.support_case (opened_at);

-- How often accounts asked in the 26 weeks before a day: the cohort an account's own count is compared with. Sealed,
-- so that a case of one account does not silently move the others' scores.
create table cases.cohort_day (
    day date primary key,
    accounts int not null,
    requests bigint not null,
    mean double precision not null,
    variance double precision not null,
    sealed_at timestamptz not null
);
