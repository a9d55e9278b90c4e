-- Messages that were taken, each once: what makes counting exact. Partitions are the months in which the reader took them;
-- each has a unique index on the message alone, and the reader asks the other months itself, so that nothing slips
-- through at the end of a month. Dropped whole when no inbox row of theirs is left.
create table events.message (
    message uuid not null,
    month date not null,
    seq bigint not null -- of the row that counts; repetitions have another
) partition by range (month);
create table events.message_other partition of events.message default;
create unique index message_other_once on events.message_other (message);

-- Takes the messages of a part of the inbox that were not taken before, and says which rows they are. One look into an
-- index for each message: any other way of joining would read whole months.
create function events.take(after_seq bigint, last_seq bigint, first_on date, last_on date, this_month date)
    returns table (taken bigint)
    language sql
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
insert into events.message (message, month, seq)
select distinct on (i.message) i.message, this_month, i.seq
from events.inbox i
where i.seq > after_seq and i.seq <= last_seq and i.received_on between first_on and last_on
    and not exists (
        select from events.message m
        where m.message = i.message and (m.month < this_month or m.month > this_month))
order by i.message, i.seq
on conflict do nothing
returning seq
$$;

-- Whom an anonymous visitor turned out to be, and to which account a user belongs, each from a place in the inbox on.
-- Who stands at a place belongs to the last row at or before it, else to the first one after it.
create table events.alias (
    anonymous_ref text not null,
    since_seq bigint not null,
    user_ref text not null,
    primary key (anonymous_ref, since_seq)
);
create table events.membership (
    user_ref text not null,
    since_seq bigint not null,
    account_ref text not null, -- external id, whether or not there is such an account yet
    primary key (user_ref, since_seq)
);

-- Taken, but nobody knows yet whose they are. Counted as soon as what they wait for becomes known.
create table events.unresolved (
    seq bigint not null,
    received_on date not null,
    received_at timestamptz not null,
    source_id int not null,
    kind smallint not null,
    occurred_at timestamptz not null,
    user_ref text,
    anonymous_ref text,
    account_ref text,
    name text,
    body text, -- where it says more than that something was used
    waits_for smallint not null, -- 1 an account, 2 the account of a user, 3 the user behind an anonymous visitor
    waits_ref text not null
) partition by range (received_on);
create index unresolved_waits on events.unresolved (waits_for, waits_ref);
create table events.unresolved_other partition of events.unresolved default;

-- Rows of the inbox that could not be read, with the reason. The others go on.
create table events.parked (
    seq bigint primary key,
    received_on date not null,
    source_id int not null,
    error text not null,
    parked_at timestamptz not null
);

-- What identify and group said last about a person or account, as a fingerprint: saying it again must not undo what
-- people have corrected since.
create table events.said (
    about smallint not null, -- 1 account, 2 user
    ref text not null,
    fingerprint uuid not null,
    primary key (about, ref)
);

-- Traits that were not taken over, with the reason: a window of the last.
create table events.remark (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    subject text not null,
    reason text not null,
    excerpt text not null
);

-- How much came from each source on each day of arrival.
create table events.source_day (
    source_id int not null,
    day date not null,
    events bigint not null, -- each message once
    repeated bigint not null,
    last_at timestamptz not null,
    primary key (source_id, day)
);

-- Days of arrival up to this one are gone from the inbox.
create table events.dropped (
    until date not null
);
