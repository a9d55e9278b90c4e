-- Customers whose term ended in the period and who had no other that went through all of it: from one look at the days of all lines, in
-- an index that holds nothing else, and not line by line. May run in several processes.
create index contract_line_days on contracts.contract_line (account_id, starts_on, ends_on) where annual > 0;

create or replace function contracts.customers_due(from_day date, until_day date)
    returns table (account_id uuid, followed boolean)
    language sql stable parallel safe as $$
select l.account_id, bool_or(l.starts_on >= $1 and coalesce(l.ends_on, 'infinity') >= $2)
from contracts.contract_line l
where l.annual > 0 and (l.ends_on is null or l.ends_on >= $1)
group by l.account_id
having bool_or(l.ends_on < $2) and not bool_or(l.starts_on < $1 and coalesce(l.ends_on, 'infinity') >= $2)
$$;
