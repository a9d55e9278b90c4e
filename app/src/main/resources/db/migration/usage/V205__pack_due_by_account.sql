-- The planner knows the months that wait as an empty table and took the whole of its index for the outer side of the join, also
-- for the sake of one account: said of both sides, the accounts are a condition of both.
create or replace function usage.pack_due(accounts uuid[]) returns void language sql
    set enable_seqscan = off
as $$
with due as (
    delete from usage.unpacked u
    using (
        select account_id, month from usage.unpacked where account_id = any(accounts) for update skip locked
    ) d
    where u.account_id = any(accounts) and u.account_id = d.account_id and u.month = d.month
    returning u.account_id, u.month
)
select usage.pack(
    array_agg(account_id), array_agg(month), min(month), (max(month) + interval '1 month')::date - 1)
from due having count(*) > 0
$$;
