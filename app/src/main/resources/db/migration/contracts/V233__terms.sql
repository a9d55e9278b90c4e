-- Each term that is due some day, and what became of it as far as facts say: kept with the levels, because whether a term was renewed is
-- looked for among all lines of its account. What it means on a day follows from the days in it.
create table contracts.term (
    account_id uuid not null,
    contract_id uuid,
    product text not null,
    currency text not null,
    annual numeric not null,
    starts_on date not null,
    due_on date not null, -- the first day that is not covered any more, as agreed
    renewed_on date,
    same_product boolean not null,
    lost_from date not null -- from this day on it counts as lost, unless it is renewed: cut short, said to be lost, or the grace over
);
create index term_account on contracts.term (account_id);
create index term_due on contracts.term (due_on);

-- Lines of one contract that end together are one term. A term is renewed when a line of the account begins between half a year before
-- its end and the end of the grace, and runs on beyond it, under whatever contract and product: replaced and co-termed terms are renewed.
create function contracts.terms(accounts uuid[])
    returns setof contracts.term
    language sql stable parallel safe as $$
select t.account_id, t.contract_id, t.product, t.currency, t.annual, t.starts_on, t.agreed, n.renewed_on,
    coalesce(n.same_product, false),
    least(
        case when t.ended < t.agreed then t.ended end,
        t.agreed + t.grace,
        (
            select min(c.cancelled_on) from contracts.cancellation c
            where c.account_id = t.account_id and c.reactivated is not true
              and (c.contract_id = t.contract_id
                or c.contract_id is null and coalesce(c.effective_on, c.cancelled_on)
                    between t.agreed - t.grace and t.agreed + t.grace)))
from (
    select l.account_id, l.contract_id, l.currency, min(l.product) as product,
        sum(contracts.annual_on(l.annual, l.escalator, l.starts_on, coalesce(l.scheduled_ends_on, l.ends_on) - 1)) as annual,
        min(l.starts_on) as starts_on, coalesce(l.scheduled_ends_on, l.ends_on) as agreed, max(l.ends_on) as ended,
        contracts.grace_days() as grace
    from contracts.contract_line l
    where l.account_id = any(accounts) and coalesce(l.scheduled_ends_on, l.ends_on) is not null and l.annual <> 0
    group by l.account_id, l.contract_id, coalesce(l.contract_id, l.id), l.currency, coalesce(l.scheduled_ends_on, l.ends_on)
    having sum(l.annual) > 0
) t
left join lateral (
    select min(case when n.contract_id is null or n.contract_id = t.contract_id then n.starts_on
            else coalesce(c.signed_on, n.starts_on) end) as renewed_on,
        bool_or(n.product = t.product) as same_product
    from contracts.contract_line n left join contracts.contract c on c.id = n.contract_id
    where n.account_id = t.account_id and n.annual > 0
      and n.starts_on > t.starts_on and n.starts_on >= least(t.ended, t.agreed) - 183
      and n.starts_on <= t.agreed + t.grace
      and coalesce(n.ends_on, 'infinity') > t.agreed
) n on true
$$;

-- As before, from what is kept, and of accounts that changed since from the lines.
create or replace function contracts.renewals(from_day date, until_day date, today date)
    returns table (
        account_id uuid, contract_id uuid, product text, currency text, annual numeric, starts_on date, due_on date,
        monthly boolean, renewed_on date, same_product boolean, outcome text)
    language sql stable parallel safe as $$
select t.account_id, t.contract_id, t.product, t.currency, t.annual, t.starts_on, t.due_on,
    t.due_on - t.starts_on <= 31, t.renewed_on, t.same_product,
    case
        when t.renewed_on is not null then 'renewed'
        when t.lost_from <= $3 then 'lost'
        when t.due_on <= $3 then 'lapsed'
        else 'pending'
    end
from (
    select k.* from contracts.term k
    where k.account_id not in (select c.account_id from contracts.revenue_changed c)
    union all
    select f.* from contracts.terms(array(select distinct c.account_id from contracts.revenue_changed c)) f
) t
where t.due_on >= $1 and t.due_on < $2
$$;

-- What a line says of a term without meaning another level, and when a contract was signed.
create or replace function contracts.revenue_touched() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into contracts.revenue_changed select distinct account_id from fresh;
    elsif tg_op = 'DELETE' then
        insert into contracts.revenue_changed select distinct account_id from stale;
    elsif tg_table_name = 'contract_line' then
        insert into contracts.revenue_changed
        select distinct t.account_id
        from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
        where (s.account_id, s.currency, s.annual, s.starts_on, s.ends_on, s.escalator, s.scheduled_ends_on, s.contract_id, s.product)
            is distinct from
            (f.account_id, f.currency, f.annual, f.starts_on, f.ends_on, f.escalator, f.scheduled_ends_on, f.contract_id, f.product);
    else
        insert into contracts.revenue_changed
        select distinct t.account_id
        from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
        where s is distinct from f;
    end if;
    return null;
end $$;
create function contracts.signature_changed() returns trigger
    language plpgsql as $$
begin
    insert into contracts.revenue_changed
    select distinct l.account_id
    from stale s join fresh f on f.id = s.id join contracts.contract_line l on l.contract_id = f.id
    where s.signed_on is distinct from f.signed_on;
    return null;
end $$;
create trigger signature_changed after update on contracts.contract
    referencing old table as stale new table as fresh for each statement execute function contracts.signature_changed();

insert into contracts.revenue_changed select distinct account_id from contracts.contract_line;
