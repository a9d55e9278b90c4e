-- What Sales promised beside the contract, and whether onboarding may begin.
create table programs.hand_off (
    account_id uuid primary key references accounts.account on delete cascade,
    confirmed_at timestamptz, -- Sales says that nothing else was promised
    confirmed_by text,
    completed_at timestamptz,
    completed_by text,
    check ((confirmed_at is null) = (confirmed_by is null)),
    check ((completed_at is null) = (completed_by is null))
);

create table programs.promise (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    kind text not null check (kind in ('unit', 'target', 'benefit', 'words')),
    what text not null, -- unit or benefit by name, or the promise in words
    amount numeric, -- of units in a term, or hours of a target
    priority text,
    promised_by text,
    noted_at timestamptz not null,
    noted_by text not null,
    settled_at timestamptz,
    settled_by text,
    settlement text -- how a promise that the program does not cover is kept, or that it is not
);
create index promise_account on programs.promise (account_id, noted_at);
