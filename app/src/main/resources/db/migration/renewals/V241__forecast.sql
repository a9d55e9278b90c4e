-- What the colours have meant: how many of those who were in a band 90 days before were renewed.
create table renewals.odds (
    band text primary key check (band in ('AT_RISK', 'WATCH', 'HEALTHY', 'UNKNOWN')),
    renews numeric not null check (renews between 0 and 1),
    decided int not null, -- renewals it rests on
    low numeric not null, -- 90 % interval
    high numeric not null,
    as_of date not null
);

-- What was expected 90 days before a term was due, kept once and never changed: what became of it is held against it.
create table renewals.snapshot (
    renewal_id uuid primary key references renewals.renewal on delete cascade,
    taken_on date not null,
    due_on date not null,
    currency text not null,
    annual numeric not null,
    chance numeric not null check (chance between 0 and 1),
    expected text not null check (expected in ('commit', 'likely', 'risk', 'lost')), -- by the system
    call text check (call in ('commit', 'likely', 'risk', 'lost', 'monitor')),
    settled text check (settled in ('commit', 'likely', 'risk', 'lost'))
);
create index snapshot_due on renewals.snapshot (due_on);

-- What the house wants to renew, by the month in which it is due.
create table renewals.target (
    month date not null check (extract(day from month) = 1),
    currency text not null,
    amount numeric not null check (amount >= 0),
    set_by text not null,
    set_at timestamptz not null,
    primary key (month, currency)
);
