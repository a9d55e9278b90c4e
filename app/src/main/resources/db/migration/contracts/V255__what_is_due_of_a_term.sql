-- What was given up while the rest of its term ran on is a contraction of that day, and is not due again at the end. And who left before
-- the end that was agreed, and came back later than the grace allows, was won back: that renews nothing.
create or replace function contracts.terms(accounts uuid[])
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
    select l.account_id, l.contract_id, l.currency, min(l.product) filter (where l.runs) as product,
        sum(contracts.annual_on(l.annual, l.escalator, l.starts_on, l.agreed - 1)) filter (where l.runs) as annual,
        min(l.starts_on) as starts_on, l.agreed, max(l.ends_on) as ended, contracts.grace_days() as grace
    from (
        select m.*, coalesce(m.contract_id, m.id) as bundle, coalesce(m.scheduled_ends_on, m.ends_on) as agreed,
            coalesce(m.ends_on, m.scheduled_ends_on) = max(coalesce(m.ends_on, m.scheduled_ends_on)) over (
                partition by m.account_id, coalesce(m.contract_id, m.id), m.currency,
                    coalesce(m.scheduled_ends_on, m.ends_on)) as runs
        from contracts.contract_line m
        where m.account_id = any(accounts) and coalesce(m.scheduled_ends_on, m.ends_on) is not null and m.annual <> 0
    ) l
    group by l.account_id, l.contract_id, l.bundle, l.currency, l.agreed
    having sum(l.annual) filter (where l.runs) > 0
) t
left join lateral (
    select min(case when n.contract_id is null or n.contract_id = t.contract_id then n.starts_on
            else coalesce(c.signed_on, n.starts_on) end) as renewed_on,
        bool_or(n.product = t.product) as same_product
    from contracts.contract_line n left join contracts.contract c on c.id = n.contract_id
    where n.account_id = t.account_id and n.annual > 0
      and n.starts_on > t.starts_on and n.starts_on >= least(t.ended, t.agreed) - 183
      and n.starts_on <= least(t.ended, t.agreed) + t.grace
      and coalesce(n.ends_on, 'infinity') > t.agreed
) n on true
$$;

insert into contracts.revenue_changed
select distinct account_id from contracts.contract_line where scheduled_ends_on is not null;
