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
    version int not null default 1
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
