-- Periods are half-open: starts_on is the first day covered, ends_on the first day not covered any more.

create table contracts.contract (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    name text,
    program text,
    kind text,
    signed_on date,
    starts_on date,
    ends_on date,
    -- the end as agreed, when the contract was cut short later: what was known before the cancellation
    scheduled_ends_on date,
    auto_renew boolean,
    notice_days int default 60,
    currency text,
    channel text,
    geography text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index contract_account on contracts.contract (account_id, ends_on);
create index contract_ends on contracts.contract (ends_on);

-- What a line is worth in a year, exact for months, quarters and years. Sums are made of these and divided by
-- twelve once, at the end, so that no line is ever rounded. What is bought once (perpetual) or not promised (usage)
-- is no recurring revenue. A term's amount is spread over its agreed months: whole months plus days of 365.25 / 12.
create function contracts.annual_amount(amount numeric, period text, kind text, starts_on date, ends_on date)
    returns numeric
    language sql
    immutable
    parallel safe
    return case
        when amount is null or coalesce(kind, 'subscription') in ('perpetual', 'usage') then 0
        when coalesce(period, 'month') = 'month' then amount * 12
        when period = 'quarter' then amount * 4
        when period = 'year' then amount
        when ends_on is null or ends_on <= starts_on then 0
        else round(
            amount * 12 / (
                extract(year from age(ends_on::timestamp, starts_on::timestamp)) * 12
                + extract(month from age(ends_on::timestamp, starts_on::timestamp))
                + extract(day from age(ends_on::timestamp, starts_on::timestamp)) * 12 / 365.25),
            10)
    end;

create table contracts.contract_line (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contract_id uuid references contracts.contract,
    product text not null,
    kind text,
    program text,
    seats int,
    unit text,
    amount numeric,
    period text,
    currency text not null,
    starts_on date not null,
    ends_on date,
    scheduled_ends_on date,
    auto_renew boolean,
    channel text,
    geography text,
    discount numeric,
    annual numeric not null generated always as (
        contracts.annual_amount(amount, period, kind, starts_on, coalesce(scheduled_ends_on, ends_on))) stored,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index contract_line_account on contracts.contract_line (account_id, starts_on);
create index contract_line_contract on contracts.contract_line (contract_id) where contract_id is not null;
create index contract_line_ends on contracts.contract_line (ends_on);

-- The end of a period as it was known on a day: a cut that came later is not known yet.
create function contracts.end_known_on(ends_on date, scheduled_ends_on date, day date)
    returns date
    language sql
    immutable
    parallel safe
    return case when ends_on <= day then ends_on else coalesce(scheduled_ends_on, ends_on) end;

-- The taxonomy of losses. A company's own words are kept in "reason"; this says what they count as.
create function contracts.reason_category(reason text)
    returns text
    language sql
    immutable
    parallel safe
    return case
        when reason is null or btrim(reason) = '' then 'unknown'
        when lower(reason) in ('cost', 'price', 'pricing', 'too expensive', 'expensive') then 'cost'
        when lower(reason) in ('value', 'no value', 'roi', 'low value') then 'value'
        when lower(reason) in ('budget', 'budget cut', 'budget cuts', 'no budget') then 'budget'
        when lower(reason) in ('bad_fit', 'bad fit', 'fit', 'features', 'missing features', 'missing feature')
            then 'bad_fit'
        when lower(reason) in ('competitor', 'competition', 'switched to competitor') then 'competitor'
        when lower(reason) in ('product_maturity', 'product maturity', 'maturity', 'no longer needed')
            then 'product_maturity'
        when lower(reason) in ('poor_service', 'poor service', 'service', 'support', 'poor support')
            then 'poor_service'
        when lower(reason) in ('out_of_business', 'out of business', 'bankruptcy', 'closed')
            then 'out_of_business'
        when lower(reason) in ('unknown', 'n/a', 'none', '-') then 'unknown'
        else 'other'
    end;

create table contracts.cancellation (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contract_id uuid references contracts.contract,
    cancelled_on date not null,
    effective_on date,
    reason text,
    reason_detail text,
    category text not null generated always as (contracts.reason_category(reason)) stored,
    amount numeric,
    currency text,
    competitor text,
    comment text,
    reactivated boolean,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index cancellation_account on contracts.cancellation (account_id, cancelled_on desc);
create index cancellation_day on contracts.cancellation (cancelled_on);
create index cancellation_contract on contracts.cancellation (contract_id) where contract_id is not null;
