-- Where customers bought what they pay most for, of all of them in one look. Asked customer by customer it read all lines for each.
create function growth.mainstays(day date)
    returns table (account_id uuid, product text, channel text, geography text)
    language sql stable parallel safe as $$
select distinct on (l.account_id) l.account_id, l.product, coalesce(l.channel, c.channel), coalesce(l.geography, c.geography)
from contracts.held($1) l left join contracts.contract c on c.id = l.contract_id
order by l.account_id, l.annual desc, l.product, l.line_id
$$;

drop function growth.mainstay(uuid, date);
