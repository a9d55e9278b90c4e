-- What is sold of service is a small part of all lines, spread over all of them: figures of service read every page of the table for it.
-- Now they read those lines alone, and nothing but this of them. Lines of products pay nothing for it.
create index contract_line_service on contracts.contract_line (account_id, starts_on)
    include (id, contract_id, product, currency, annual, ends_on, scheduled_ends_on, program, channel, geography)
    where coalesce(kind, '') in ('service', 'maintenance');

-- As before (V400). Prices that rise are worked out for lines that have such a price only: a function with a query in it is called for
-- each row, which took ten times as long as reading the rows.
create or replace function contracts.held(day date)
    returns table (
        line_id uuid, account_id uuid, contract_id uuid, product text, kind text, program text, channel text, geography text,
        currency text, seats int, unit text, annual numeric, starts_on date)
    language sql stable parallel safe as $$
select l.id, l.account_id, l.contract_id, l.product, l.kind, l.program, l.channel, l.geography, l.currency, l.seats, l.unit,
    case when coalesce(l.escalator, 0) = 0 then l.annual
        else contracts.annual_on(l.annual, l.escalator, l.starts_on, $1) end,
    l.starts_on
from contracts.contract_line l
where l.starts_on <= $1 and (l.ends_on is null or l.ends_on > $1)
union all
select l.id, l.account_id, l.contract_id, l.product, l.kind, l.program, l.channel, l.geography, l.currency, l.seats, l.unit,
    contracts.price_of(row(g.*)::contracts.going_on, $1), l.starts_on
from contracts.goes_on g join contracts.contract_line l on l.id = g.line_id
where g.ends_on <= $1 and g.runs_until > $1
$$;
