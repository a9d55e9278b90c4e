-- What people at customers said about letters of one kind: each time they did, with its source. The latest counts, for the person
-- and for the mailbox. Nothing is ever written over: this is the proof.
create table campaigns.consent (
    id uuid primary key,
    external_id text not null unique,
    contact_id uuid, -- nobody known: the mailbox alone
    account_id uuid, -- of the contact
    address text, -- lower case; the mailbox that it holds for
    purpose text not null check (purpose in ('service', 'survey', 'campaign', 'playbook')),
    state text not null check (state in ('granted', 'refused')),
    given_at timestamptz not null,
    source text not null, -- where it was said: one-click, choices, complaint, staff, or a form of the company's own
    wording text, -- what they agreed or objected to
    said_by text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    check (contact_id is not null or address is not null)
);
create index consent_contact on campaigns.consent (contact_id, purpose, given_at desc);
create index consent_address on campaigns.consent (address, purpose, given_at desc) where address is not null;
create index consent_account on campaigns.consent (account_id);

-- Statements that come as records name the person; whose customer that is and which mailbox, the person says.
create function campaigns.complete_consent() returns trigger
    language plpgsql
as $$
begin
    if new.contact_id is not null then
        select p.account_id, coalesce(new.address, lower(btrim(nullif(p.email, ''))))
        into new.account_id, new.address
        from accounts.contact p where p.id = new.contact_id;
    end if;
    return new;
end
$$;
create trigger complete_consent before insert or update on campaigns.consent
    for each row execute function campaigns.complete_consent();

-- When somebody likes to be written to, and in which language.
create table campaigns.wish (
    id uuid primary key, -- the contact
    language text, -- two letters; null: as the contact or the account says
    from_hour smallint check (from_hour between 0 and 23), -- null: as the house does
    to_hour smallint check (to_hour between 1 and 24),
    days smallint check (days between 1 and 127), -- a bit for each day of the week, Monday lowest
    changed_by text not null,
    changed_at timestamptz not null,
    version int not null default 1,
    check (from_hour is null or to_hour > from_hour)
);

-- How the house writes to people who did not ask for it; one row, none: as shipped.
create table campaigns.rules (
    one boolean primary key default true check (one),
    most_letters int not null check (most_letters between 1 and 100),
    within_days int not null check (within_days between 1 and 365),
    from_hour smallint not null check (from_hour between 0 and 23),
    to_hour smallint not null check (to_hour between 1 and 24),
    days smallint not null check (days between 1 and 127),
    zone text not null, -- of readers whose own is not known
    asked_first text[] not null, -- purposes that need a yes before the first letter
    leader_above int not null, -- campaigns to more people are started by leaders
    set_by text not null,
    set_at timestamptz not null,
    version int not null default 1,
    check (to_hour > from_hour)
);
