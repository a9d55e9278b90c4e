-- What was delivered to a customer in a period and what it was worth: figures as they were known when a version was made.
create table statements.statement (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    from_day date not null,
    until_day date not null, -- first day that is not in it any more
    state text not null default 'draft' check (state in ('draft', 'approved', 'sent')),
    number int not null default 1, -- of the version that stands
    note text,
    approved_at timestamptz,
    approved_by text,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    version int not null default 1,
    unique (account_id, from_day, until_day),
    check (until_day > from_day)
);
create index statement_newest on statements.statement (until_day desc, id desc);
create index statement_waiting on statements.statement (until_day desc, id desc) where state <> 'sent';

-- Never changed: what was told stays told.
create table statements.version (
    statement_id uuid not null references statements.statement on delete cascade,
    number int not null,
    lines jsonb not null,
    made_at timestamptz not null,
    made_by text not null,
    primary key (statement_id, number)
);

create table statements.sending (
    id uuid primary key,
    statement_id uuid not null references statements.statement on delete cascade,
    account_id uuid not null references accounts.account on delete cascade,
    number int not null,
    edition text not null check (edition in ('business', 'technical')),
    contact_id uuid not null, -- accounts.contact; contacts may be erased
    contact_name text not null,
    file_id uuid, -- platform.file: the PDF as it was sent
    letter_id uuid,
    sent_at timestamptz not null,
    sent_by text not null,
    unique (statement_id, number, edition, contact_id)
);
create index sending_file on statements.sending (file_id);
create index sending_account on statements.sending (account_id);

-- How often customers of a segment get one. The empty segment speaks for those that are not named.
create table statements.schedule (
    segment text primary key,
    months int not null check (months in (0, 1, 3, 6, 12)), -- zero: never by themselves
    changed_at timestamptz not null,
    changed_by text not null
);

-- Periods for which drafts were made, so that a restart makes none twice.
create table statements.drafted (
    months int not null,
    until_day date not null,
    at timestamptz not null,
    made int not null,
    primary key (months, until_day)
);
