-- What a message said when it was taken, as far as counting goes: who sends the same id with something else has a fault
-- in the app, which its people should hear of. Null for messages of before.
alter table events.message add column content int;
alter table events.source_day add column conflicts bigint not null default 0; -- of repeated

-- A retry says the time of sending anew and is no other content, so bodies are not compared.
create function events.content(kind smallint, user_ref text, anonymous_ref text, account_ref text, name text)
    returns int
    language sql immutable parallel safe
return hashtext(row(kind, user_ref, anonymous_ref, account_ref, name)::text);

create or replace function events.take(after_seq bigint, last_seq bigint, first_on date, last_on date, this_month date)
    returns table (taken bigint)
    language sql
    set enable_hashjoin = off
    set enable_mergejoin = off
    set work_mem = '16MB'
as $$
insert into events.message (message, month, seq, content)
select i.message, this_month, i.seq, i.content
from (
    select distinct on (message) message, seq,
        events.content(kind, user_ref, anonymous_ref, account_ref, name) as content
    from events.inbox
    where seq > after_seq and seq <= last_seq and received_on between first_on and last_on
    order by message, seq
) i
where not exists (
    select from events.message m
    where m.message = i.message and (m.month < this_month or m.month >= (this_month + interval '1 month')::date))
on conflict do nothing
returning seq
$$;

-- Which of the rows that were not taken say something else than their message did when it was: two looks into an index for
-- each of them.
create function events.conflicts(repeated bigint[], first_on date, last_on date)
    returns table (conflicting bigint)
    language sql stable
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
select i.seq
from unnest(repeated) as r (seq)
join events.inbox i on i.seq = r.seq and i.received_on between first_on and last_on
join events.message m on m.message = i.message
where m.content <> events.content(i.kind, i.user_ref, i.anonymous_ref, i.account_ref, i.name)
$$;
