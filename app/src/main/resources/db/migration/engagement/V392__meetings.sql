-- Meetings out of calendars, one row for each time of a series and customer. A meeting that is cancelled stays as cancelled.
create table engagement.meeting (
    id uuid primary key,
    account_id uuid not null references accounts.account,
    uid text not null,
    occurrence text not null default '', -- start of this time of a series as the calendar first said it; empty for a single one
    sequence int not null,
    stamped_at timestamptz, -- DTSTAMP, decides between equal sequences
    title text not null,
    place text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    state text not null check (state in ('planned', 'cancelled')),
    organizer text, -- address
    touchpoint text not null, -- external id
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (uid, occurrence, account_id)
);
create index meeting_account on engagement.meeting (account_id, starts_at);
create index meeting_starts on engagement.meeting (starts_at) where state = 'planned';
create table engagement.meeting_guest (
    meeting_id uuid not null references engagement.meeting on delete cascade,
    address text not null, -- lower case
    name text,
    contact_id uuid,
    member_id uuid references identity.team_member,
    answer text not null default 'open' check (answer in ('open', 'accepted', 'declined', 'tentative')),
    primary key (meeting_id, address)
);
create index meeting_guest_member on engagement.meeting_guest (member_id) where member_id is not null;
-- A colleague's own calendar address; only the hash of its secret is kept.
create table engagement.calendar_feed (
    member_id uuid primary key references identity.team_member,
    secret_hash bytea not null unique,
    made_at timestamptz not null,
    read_at timestamptz
);
