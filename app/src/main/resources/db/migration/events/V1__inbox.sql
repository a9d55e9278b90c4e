-- Where events come from: one write key each. A key can only write; it stands in the pages and apps of customers.
create table events.source (
    id int generated always as identity primary key,
    name text not null unique,
    key_hash bytea not null unique, -- SHA-256
    key_shown text not null, -- its first characters
    created_at timestamptz not null,
    created_by text not null,
    closed_at timestamptz
);

-- Everything that was acknowledged, in the order of its commits: who appends holds a lock until the commit, so that a
-- reader who has seen a number has seen all before it. Nothing is unique here; who reads tells repetitions apart by
-- message. Partitions are days of arrival, dropped whole when their time is over.
create sequence events.inbox_seq;
create table events.inbox (
    seq bigint not null default nextval('events.inbox_seq'),
    received_on date not null, -- UTC day of received_at
    received_at timestamptz not null,
    source_id int not null,
    message uuid not null, -- first 128 bits of the SHA-256 of source and message id
    kind smallint not null, -- 1 track, 2 page, 3 screen, 4 identify, 5 group, 6 alias
    occurred_at timestamptz not null, -- the client's time, corrected by how far its clock is off
    user_ref text,
    anonymous_ref text,
    account_ref text, -- the group that the event itself names
    name text, -- of the event, page or screen
    body text not null -- as it came
) partition by range (received_on);
create index inbox_order on events.inbox (seq);

-- What arrives while the partition of a day cannot be added waits here.
create table events.inbox_other partition of events.inbox default;

-- How far readers have come; moved in the transaction of what they made of it.
create table events.cursor (
    reader text primary key,
    seq bigint not null,
    received_on date not null
);

-- What was sent and not taken, with the reason: a window of the last, for the people who connect a source.
create table events.refusal (
    id bigint generated always as identity primary key,
    source_id int, -- null when the key was not known
    at timestamptz not null,
    reason text not null,
    excerpt text not null
);
create index refusal_source on events.refusal (source_id, id);
