-- Figures of sales may be worked out by several processors at once. A function that does not say so keeps the whole statement from it.
alter function growth.service_terms(date, date, date) parallel safe;
alter function growth.levels(date) parallel safe;

-- As before (V412). How few lines begin that were never bought before cannot be foreseen, and so all lines were read twice more; "offset 0" has
-- the lines of those customers looked up by their account.
create or replace function growth.product_sales(from_day date, until_day date, today date, around integer)
    returns table (
        account_id uuid, contract_id uuid, product text, program text, channel text, geography text, currency text, annual numeric,
        sold_on date, outcome text)
    language sql stable parallel safe as $$
with begun as materialized (
    select l.account_id, l.contract_id, l.starts_on, l.currency, l.annual, l.product, l.program, l.channel, l.geography
    from contracts.contract_line l
    where l.starts_on >= $1 and l.starts_on < $2 and not growth.is_service(l.kind)
      and not exists (
          select from contracts.contract_line p
          where p.account_id = l.account_id and p.product = l.product and p.starts_on < l.starts_on)
), going as materialized (
    select g.line_id, g.runs_until from contracts.goes_on g where g.account_id in (select b.account_id from begun b)
), replaced as materialized ( -- something ended around that day and was not bought again
    select distinct b.account_id, b.starts_on
    from begun b
    cross join lateral (
        select p.id, p.account_id, p.product, p.starts_on, p.ends_on from contracts.contract_line p
        where p.account_id = b.account_id and p.starts_on < b.starts_on and not growth.is_service(p.kind) offset 0) p
    left join going g on g.line_id = p.id
    where coalesce(g.runs_until, p.ends_on) between b.starts_on - contracts.grace_days() and b.starts_on + 31
      and not exists (
          select from contracts.contract_line n
          where n.account_id = p.account_id and n.product = p.product and n.starts_on > p.starts_on
            and n.starts_on <= coalesce(g.runs_until, p.ends_on) + contracts.grace_days() offset 0)
), fresh as (
    select l.account_id, l.contract_id, l.starts_on as sold_on, l.currency,
        coalesce(sum(l.annual), 0) as annual,
        (array_agg(l.product order by l.annual desc, l.product))[1] as product,
        max(l.program) as program, max(l.channel) as channel, max(l.geography) as geography
    from begun l
    where (l.account_id, l.starts_on) not in (select r.account_id, r.starts_on from replaced r)
    group by l.account_id, l.contract_id, l.starts_on, l.currency
), told as ( -- what was offered with it
    select f.*, o.optional, o.attached, o.forced, o.undecided, o.program as offered_program
    from fresh f
    left join lateral (
        select count(*) filter (where coalesce(o.terms, 'optional') = 'optional') as optional,
            count(*) filter (where coalesce(o.terms, 'optional') = 'optional' and o.outcome = 'attached') as attached,
            count(*) filter (where o.terms in ('bundled', 'compulsory')) as forced,
            count(*) filter (where coalesce(o.terms, 'optional') = 'optional' and coalesce(o.outcome, 'open') = 'open')
                as undecided,
            max(o.program) as program
        from growth.service_offer o
        where o.account_id = f.account_id
          and (o.contract_id = f.contract_id
            or (o.contract_id is null or f.contract_id is null) and o.offered_on between f.sold_on - $4 and f.sold_on + $4)
    ) o on true
), bought as ( -- and what the lines say, where nobody wrote down what was offered
    select t.*, s.priced, s.free, s.program as service_program
    from told t
    left join lateral (
        select count(*) filter (where coalesce(s.amount, 0) <> 0) as priced,
            count(*) filter (where coalesce(s.amount, 0) = 0) as free, max(s.program) as program
        from contracts.contract_line s
        where t.optional = 0 and t.forced = 0 and s.account_id = t.account_id and growth.is_service(s.kind)
          and s.starts_on between t.sold_on - $4 and t.sold_on + $4
          and not exists (
              select from contracts.contract_line p
              where p.account_id = s.account_id and p.product = s.product and p.starts_on < s.starts_on)
    ) s on true
)
select b.account_id, b.contract_id, b.product,
    coalesce(b.offered_program, b.service_program, b.program, c.program), coalesce(b.channel, c.channel),
    coalesce(b.geography, c.geography), b.currency, b.annual, b.sold_on,
    case
        when b.attached > 0 then 'attached'
        when b.undecided > 0 and b.sold_on + $4 > $3 then 'pending'
        when b.optional > 0 then 'declined'
        when b.forced > 0 then 'forced'
        when b.priced > 0 then 'attached'
        when b.free > 0 then 'forced'
        when b.sold_on + $4 > $3 then 'pending'
        else 'not attached'
    end
from bought b left join contracts.contract c on c.id = b.contract_id
$$;
