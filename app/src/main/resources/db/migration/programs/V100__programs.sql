-- When people work: spans of each weekday in a zone, and days without any. Calendars are shared by programs and are not
-- versions: next year's holidays are news, not another promise.
create table programs.calendar (
    id uuid primary key,
    name text not null,
    zone text not null,
    week jsonb not null, -- {"MONDAY": "09:00-12:00, 13:00-17:00"}; a weekday that is not named is closed
    house boolean not null default false, -- counts where nobody bought anything
    version int not null default 1
);
create unique index calendar_name on programs.calendar (lower(name));
create unique index calendar_house on programs.calendar (house) where house;

create table programs.holiday (
    calendar_id uuid not null references programs.calendar on delete cascade,
    day date not null,
    name text not null,
    primary key (calendar_id, day)
);

create table programs.program (
    id uuid primary key,
    key text not null unique, -- as contracts and files name it
    name text not null,
    tier int not null, -- higher promises more
    house boolean not null default false, -- what an account without a program gets
    created_at timestamptz not null
);
create unique index program_name on programs.program (lower(name));
create unique index program_house on programs.program (house) where house;

-- A published version never changes: accounts keep the one they bought.
create table programs.version (
    id uuid primary key,
    program_id uuid not null references programs.program,
    number int not null,
    offer jsonb not null,
    published_at timestamptz,
    published_by text,
    valid_from date, -- contracts that start on or after this day buy it
    edits int not null default 1,
    unique (program_id, number),
    check ((published_at is null) = (valid_from is null))
);
create unique index version_draft on programs.version (program_id) where published_at is null;

create function programs.stay_as_published() returns trigger language plpgsql as $$
begin
    if old.published_at is not null then
        raise exception 'Version % of a program is published and stays as it is', old.number;
    end if;
    return new;
end $$;
create trigger stay_as_published before update on programs.version
    for each row execute function programs.stay_as_published();

create view programs.version_unit as
select v.id as version_id, v.program_id, u ->> 'unit' as unit, u ->> 'title' as title,
       (u ->> 'amount')::numeric as amount, u ->> 'rule' as rule, (v.offer ->> 'termMonths')::int as term_months
from programs.version v, jsonb_array_elements(v.offer -> 'units') as u;

-- Which account has which version, and when. From its contract, or chosen by a person; a choice wins.
create table programs.enrolment (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    contract_id uuid unique, -- null: a person said so without a contract
    sold_as text, -- how the contract names the program
    bought_version_id uuid references programs.version,
    chosen_version_id uuid references programs.version,
    version_id uuid generated always as (coalesce(chosen_version_id, bought_version_id)) stored,
    starts_on date not null,
    ends_on date, -- first day no longer covered
    chosen_by text,
    chosen_why text
);
create index enrolment_account on programs.enrolment (account_id, starts_on);
create index enrolment_version on programs.enrolment (version_id);

-- What one enrolment gives of one unit in one term, with running totals. Totals are always the sums of its entries.
create table programs.pot (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    enrolment_id uuid not null references programs.enrolment on delete cascade,
    unit text not null,
    title text not null,
    rule text not null check (rule in ('ALLOW', 'WARN', 'APPROVAL')),
    program text not null, -- as told to both sides
    starts_on date not null,
    ends_on date not null,
    included numeric not null, -- the part of granted that the program gives by itself
    granted numeric not null default 0,
    reserved numeric not null default 0 check (reserved >= 0),
    consumed numeric not null default 0 check (consumed >= 0),
    expired numeric not null default 0,
    unique (enrolment_id, unit, starts_on)
);
create index pot_account on programs.pot (account_id, unit, ends_on);
create index pot_ends on programs.pot (ends_on);

create table programs.reservation (
    id uuid primary key,
    key text not null unique, -- the caller's: the same request again is the same reservation
    account_id uuid not null references accounts.account on delete cascade,
    unit text not null,
    amount numeric not null check (amount > 0),
    purpose text not null,
    rule text not null,
    sentence text not null,
    left_after numeric not null,
    made_at timestamptz not null
);
create index reservation_account on programs.reservation (account_id, made_at desc);

create table programs.entry (
    n bigint primary key generated always as identity,
    pot_id uuid not null references programs.pot on delete cascade,
    account_id uuid not null,
    reservation_id uuid references programs.reservation on delete cascade,
    kind text not null check (kind in ('granted', 'reserved', 'consumed', 'released', 'expired')),
    amount numeric not null, -- below zero only where a grant or an expiry is taken back
    purpose text not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    key text unique, -- of grants that must not come twice
    check (amount > 0 or kind in ('granted', 'expired'))
);
create index entry_pot on programs.entry (pot_id, n);
create index entry_reservation on programs.entry (reservation_id) where reservation_id is not null;
create index entry_account on programs.entry (account_id, at desc);

-- Entries stay as written; they go only with the account or the enrolment itself.
create function programs.append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and pg_trigger_depth() > 1 then
        return old;
    end if;
    raise exception 'Entries of the entitlement ledger are never changed; write another one';
end $$;
create trigger append_only before update or delete on programs.entry
    for each row execute function programs.append_only();

-- Days whose grants and expiries are done.
create table programs.granted_day (
    day date primary key,
    at timestamptz not null
);
