-- Months are packed by the first reader after a change, no longer by every writer: an import that comes back to the same
-- month a thousand times packs it once.
drop function usage.pack_everything();

-- Months whose facts changed since they were packed, written in the transaction of the facts.
create table usage.unpacked (
    account_id uuid not null,
    month date not null,
    primary key (account_id, month)
);

-- Packs what is due of these accounts. Months that a writer has marked but not yet committed wait for the next reader.
create function usage.pack_due(accounts uuid[]) returns void
    language sql
as $$
with due as (
    delete from usage.unpacked u
    using (
        select account_id, month from usage.unpacked where account_id = any(accounts) for update skip locked
    ) d
    where u.account_id = d.account_id and u.month = d.month
    returning u.account_id, u.month
)
select usage.pack(
    array_agg(account_id), array_agg(month), min(month), (max(month) + interval '1 month')::date - 1)
from due having count(*) > 0
$$;

insert into usage.unpacked select distinct account_id, date_trunc('month', day)::date from usage.account_day;
