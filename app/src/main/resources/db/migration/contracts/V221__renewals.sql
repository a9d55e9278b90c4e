-- Terms that were due from one day to another, and what became of them. Due is the first day no longer covered, as it was agreed,
-- when a renewal has to begin: a term that was cut short stays due on that day. Lines of one contract that end together are one term. A term is renewed when a line of
-- the account begins between half a year before its end and the end of the grace, and runs on beyond it, under whatever
-- contract and product: replaced and co-termed terms are renewed.
create function contracts.renewals(from_day date, until_day date, today date)
    returns table (
        account_id uuid, contract_id uuid, product text, currency text, annual numeric, starts_on date, due_on date,
        monthly boolean, renewed_on date, same_product boolean, outcome text)
    language sql stable as $$
with term as (
    select l.account_id, l.contract_id, coalesce(l.contract_id, l.id) as unit, l.currency, min(l.product) as product,
        sum(l.annual) as annual, min(l.starts_on) as starts_on, coalesce(l.scheduled_ends_on, l.ends_on) as agreed,
        max(l.ends_on) as ended
    from contracts.contract_line l
    where coalesce(l.scheduled_ends_on, l.ends_on) >= $1 and coalesce(l.scheduled_ends_on, l.ends_on) < $2
      and l.annual <> 0
    group by l.account_id, l.contract_id, coalesce(l.contract_id, l.id), l.currency, coalesce(l.scheduled_ends_on, l.ends_on)
    having sum(l.annual) > 0
), followed as (
    select t.*, n.renewed_on, n.same_product
    from term t
    left join lateral (
        select min(case when n.contract_id is null or n.contract_id = t.contract_id then n.starts_on
                else coalesce(c.signed_on, n.starts_on) end) as renewed_on,
            bool_or(n.product = t.product) as same_product
        from contracts.contract_line n left join contracts.contract c on c.id = n.contract_id
        where n.account_id = t.account_id and n.annual > 0
          and n.starts_on > t.starts_on and n.starts_on >= least(t.ended, t.agreed) - 183
          and n.starts_on <= t.agreed + contracts.grace_days()
          and coalesce(n.ends_on, 'infinity') > t.agreed
    ) n on true
)
select f.account_id, f.contract_id, f.product, f.currency, f.annual, f.starts_on, f.agreed,
    f.agreed - f.starts_on <= 31, f.renewed_on, coalesce(f.same_product, false),
    case
        when f.renewed_on is not null then 'renewed'
        when f.ended < f.agreed and f.ended <= $3 then 'lost'
        when f.agreed + contracts.grace_days() <= $3 then 'lost'
        when exists (
            select from contracts.cancellation c
            where c.account_id = f.account_id and c.reactivated is not true and c.cancelled_on <= $3
              and (c.contract_id = f.contract_id
                or c.contract_id is null and coalesce(c.effective_on, c.cancelled_on)
                    between f.agreed - contracts.grace_days() and f.agreed + contracts.grace_days()))
            then 'lost'
        when f.agreed <= $3 then 'lapsed'
        else 'pending'
    end
from followed f
$$;

-- Customers whose term ended in the period and who had no other that went through all of it; followed: one began since and runs on
-- beyond the period, however late it began.
create function contracts.customers_due(from_day date, until_day date)
    returns table (account_id uuid, followed boolean)
    language sql stable as $$
select d.account_id, exists (
        select from contracts.contract_line n
        where n.account_id = d.account_id and n.annual > 0 and n.starts_on >= $1 and coalesce(n.ends_on, 'infinity') >= $2)
from (
    select distinct l.account_id from contracts.contract_line l
    where l.ends_on >= $1 and l.ends_on < $2 and l.annual > 0
) d
where not exists (
    select from contracts.contract_line n
    where n.account_id = d.account_id and n.annual > 0 and n.starts_on < $1 and coalesce(n.ends_on, 'infinity') >= $2)
$$;

create index contract_line_agreed on contracts.contract_line (coalesce(scheduled_ends_on, ends_on));
