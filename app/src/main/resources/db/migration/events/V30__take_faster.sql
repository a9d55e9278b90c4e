-- As before, but written so that the partition of this month is left out of the look into the other months: it is looked
-- into by the insert anyway. In the order of the index, so that neighbours are looked up and written together.
create or replace function events.take(after_seq bigint, last_seq bigint, first_on date, last_on date, this_month date)
    returns table (taken bigint)
    language sql
    set enable_hashjoin = off
    set enable_mergejoin = off
    set work_mem = '16MB'
as $$
insert into events.message (message, month, seq)
select i.message, this_month, i.seq
from (
    select distinct on (message) message, seq from events.inbox
    where seq > after_seq and seq <= last_seq and received_on between first_on and last_on
    order by message, seq
) i
where not exists (
    select from events.message m
    where m.message = i.message and (m.month < this_month or m.month >= (this_month + interval '1 month')::date))
on conflict do nothing
returning seq
$$;
