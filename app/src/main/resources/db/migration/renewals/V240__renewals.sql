-- What is due: one renewal for each term of a contract, or of a line without one, that ends on an agreed day; there from the
-- day on which the term is known. Terms are read again whenever lines, contracts or losses change; what people say about a
-- renewal stays with it when its term is corrected.

-- Amounts are rounded once, at the end, to what the currency has.
create function renewals.decimals(currency text) returns int
    language sql immutable parallel safe
    return case
        when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
            'XAF', 'XOF', 'XPF') then 0
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
        else 2
    end;

create table renewals.renewal (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,

    -- from contracts; nobody types these
    unit uuid not null, -- the contract, or the line without one
    contract_id uuid,
    product text not null,
    products int not null, -- how many different ones the term has
    currency text not null,
    annual numeric not null,
    agreed numeric not null, -- the same with the uplift that each line agrees for its next term
    starts_on date not null,
    due_on date not null, -- the first day no longer covered: when the next term has to begin
    automatic boolean not null, -- goes on by itself unless somebody says no
    notice_on date not null, -- the last day on which notice of it is in time
    renewed_on date,
    -- open, lapsed (due and nothing followed yet), renewed, lost; withdrawn: no longer in the contracts
    outcome text not null check (outcome in ('open', 'lapsed', 'renewed', 'lost', 'withdrawn')),
    kept_at timestamptz not null,

    -- from people
    owner_id uuid references identity.team_member, -- null: the owner of the account
    uplift numeric check (uplift between -1 and 1), -- instead of what the lines agree
    fees numeric not null default 0, -- sum of renewals.fee, a year
    stage text not null default 'begun'
        check (stage in ('begun', 'confirmed', 'value', 'noticed', 'quoted', 'committed')),
    decider_id uuid, -- accounts.contact: who decides at the customer; contacts may be erased
    confirmed_on date, -- when it was last confirmed that the right person decides
    noticed_on date, -- when the first notice was sent
    quoted_on date,
    call text check (call in ('commit', 'likely', 'risk', 'lost', 'monitor')),
    call_reason text,
    called_on date,
    called_by text,
    settled text check (settled in ('commit', 'likely', 'risk', 'lost')),
    settled_reason text,
    settled_on date,
    settled_by text,
    version int not null default 1,

    proposed numeric not null generated always as (
        round(case when uplift is null then agreed else annual * (1 + uplift) end + fees, renewals.decimals(currency)))
        stored
);
create index renewal_account on renewals.renewal (account_id, due_on);
create index renewal_due on renewals.renewal (due_on, id) where outcome in ('open', 'lapsed');
create index renewal_due_ever on renewals.renewal (due_on, id);
create index renewal_notice on renewals.renewal (notice_on) where outcome = 'open' and noticed_on is null;

-- Accounts whose terms changed since. Rows are only added here, so that no writer waits for another.
create table renewals.changed (account_id uuid not null);
create index changed_account on renewals.changed (account_id);

-- Until when the calendar itself was looked at: terms fall due and graces end without any fact.
create table renewals.looked (
    only_one boolean primary key default true check (only_one),
    day date not null
);

create table renewals.person (
    id uuid primary key,
    renewal_id uuid not null references renewals.renewal on delete cascade,
    contact_id uuid not null references accounts.contact on delete cascade,
    role text not null check (role in ('technical', 'business', 'finance')),
    confirmed_on date,
    confirmed_by text,
    confirmed_title text, -- what the person was then: another title later is a question
    added_by text not null,
    added_on date not null,
    unique (renewal_id, contact_id)
);
create index person_contact on renewals.person (contact_id);

-- What the renewal brings beside the price.
create table renewals.fee (
    id uuid primary key,
    renewal_id uuid not null references renewals.renewal on delete cascade,
    title text not null,
    amount numeric not null, -- a year, in the currency of the renewal
    added_by text not null,
    added_on date not null
);
create index fee_renewal on renewals.fee (renewal_id);

create table renewals.event (
    n bigint primary key generated always as identity,
    renewal_id uuid not null references renewals.renewal on delete cascade,
    at timestamptz not null,
    what text not null,
    actor text not null,
    change uuid -- platform.change
);
create index event_renewal on renewals.event (renewal_id, n desc);

create function renewals.touched() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into renewals.changed select distinct account_id from fresh;
    elsif tg_op = 'DELETE' then
        insert into renewals.changed select distinct account_id from stale;
    else
        insert into renewals.changed
        select distinct t.account_id
        from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
        where s is distinct from f;
    end if;
    return null;
end $$;
create trigger renewals_new after insert on contracts.contract_line
    referencing new table as fresh for each statement execute function renewals.touched();
create trigger renewals_changed after update on contracts.contract_line
    referencing old table as stale new table as fresh for each statement execute function renewals.touched();
create trigger renewals_gone after delete on contracts.contract_line
    referencing old table as stale for each statement execute function renewals.touched();
create trigger renewals_new after insert on contracts.cancellation
    referencing new table as fresh for each statement execute function renewals.touched();
create trigger renewals_changed after update on contracts.cancellation
    referencing old table as stale new table as fresh for each statement execute function renewals.touched();
create trigger renewals_gone after delete on contracts.cancellation
    referencing old table as stale for each statement execute function renewals.touched();
-- A new contract says nothing before it has lines.
create trigger renewals_changed after update on contracts.contract
    referencing old table as stale new table as fresh for each statement execute function renewals.touched();

-- Another grace lets other terms lapse or count as lost.
create function renewals.rule_touched() returns trigger
    language plpgsql as $$
begin
    insert into renewals.changed select distinct account_id from renewals.renewal where outcome <> 'open';
    return null;
end $$;
create trigger renewals_changed after insert or update or delete on contracts.revenue_rule
    for each statement execute function renewals.rule_touched();

insert into renewals.changed select distinct account_id from contracts.contract_line;
