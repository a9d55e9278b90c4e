-- What service was offered with a sale, and what became of it.
create table growth.service_offer (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contract_id uuid, -- the contract of the sale
    service text not null,
    product text, -- what was sold, and the service offered with
    program text,
    offered_on date not null,
    outcome text, -- open, attached, declined; open when nothing is said
    decided_on date,
    terms text, -- optional, bundled, compulsory; optional when nothing is said
    list_amount numeric, -- of a year
    amount numeric, -- of a year, as agreed
    currency text,
    reason text,
    channel text,
    geography text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index service_offer_account on growth.service_offer (account_id, offered_on);
create index service_offer_day on growth.service_offer (offered_on);
create index service_offer_contract on growth.service_offer (contract_id) where contract_id is not null;

-- Sales of a period are found by the day on which they begin.
create index if not exists contract_line_starts on contracts.contract_line (starts_on);

create function growth.is_service(kind text) returns boolean
    language sql immutable parallel safe
    return coalesce(kind, '') in ('service', 'maintenance');

-- Sales of products that the customer never had before, and whether service was sold with them. Lines that begin on one day under
-- one contract are one sale. A product that takes the place of another one is a change, no sale.
create function growth.product_sales(from_day date, until_day date, today date, around int)
    returns table (
        account_id uuid, contract_id uuid, product text, program text, channel text, geography text, currency text,
        annual numeric, sold_on date, outcome text)
    language sql stable as $$
with fresh as (
    select l.account_id, l.contract_id, l.starts_on as sold_on, l.currency,
        coalesce(sum(l.annual), 0) as annual,
        (array_agg(l.product order by l.annual desc, l.product))[1] as product,
        max(l.program) as program, max(l.channel) as channel, max(l.geography) as geography
    from contracts.contract_line l
    where l.starts_on >= $1 and l.starts_on < $2 and not growth.is_service(l.kind)
      and not exists (
          select from contracts.contract_line p
          where p.account_id = l.account_id and p.starts_on < l.starts_on
            and (p.product = l.product
              or not growth.is_service(p.kind)
                and p.ends_on between l.starts_on - contracts.grace_days() and l.starts_on + 31
                and not exists (
                    select from contracts.contract_line n
                    where n.account_id = p.account_id and n.product = p.product and n.starts_on > p.starts_on
                      and n.starts_on <= p.ends_on + contracts.grace_days())))
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

-- Terms of service that were due from one day to another. Due is the first day no longer covered, as agreed. A term is renewed when
-- service of the account begins between half a year before its end and the end of the grace, and runs on beyond it.
create function growth.service_terms(from_day date, until_day date, today date)
    returns table (
        account_id uuid, product text, program text, channel text, geography text, currency text, annual numeric,
        due_on date, monthly boolean, renewed_on date, outcome text)
    language sql stable as $$
with term as (
    select l.account_id, l.contract_id, l.product, l.currency, coalesce(l.scheduled_ends_on, l.ends_on) as agreed,
        sum(l.annual) as annual, min(l.starts_on) as starts_on, max(l.ends_on) as ended, max(l.program) as program,
        max(l.channel) as channel, max(l.geography) as geography
    from contracts.contract_line l
    where coalesce(l.scheduled_ends_on, l.ends_on) >= $1 and coalesce(l.scheduled_ends_on, l.ends_on) < $2
      and growth.is_service(l.kind) and l.annual > 0
    group by l.account_id, l.contract_id, coalesce(l.contract_id, l.id), l.product, l.currency,
        coalesce(l.scheduled_ends_on, l.ends_on)
), followed as (
    select t.*, (
            select min(n.starts_on) from contracts.contract_line n
            where n.account_id = t.account_id and growth.is_service(n.kind) and n.annual > 0
              and n.starts_on > t.starts_on and n.starts_on >= least(t.ended, t.agreed) - 183
              and n.starts_on <= t.agreed + contracts.grace_days() and coalesce(n.ends_on, 'infinity') > t.agreed
        ) as renewed_on
    from term t
)
select f.account_id, f.product, coalesce(f.program, c.program), coalesce(f.channel, c.channel),
    coalesce(f.geography, c.geography), f.currency, f.annual, f.agreed, f.agreed - f.starts_on <= 31, f.renewed_on,
    case
        when f.renewed_on is not null then 'renewed'
        when f.ended < f.agreed and f.ended <= $3 then 'lost'
        when f.agreed + contracts.grace_days() <= $3 then 'lost'
        when exists (
            select from contracts.cancellation x
            where x.account_id = f.account_id and x.reactivated is not true and x.cancelled_on <= $3
              and (x.contract_id = f.contract_id
                or x.contract_id is null and coalesce(x.effective_on, x.cancelled_on)
                    between f.agreed - contracts.grace_days() and f.agreed + contracts.grace_days()))
            then 'lost'
        when f.agreed <= $3 then 'lapsed'
        else 'pending'
    end
from followed f left join contracts.contract c on c.id = f.contract_id
$$;

-- The level of service that each account has on a day: the highest of its programs.
create function growth.levels(day date)
    returns table (account_id uuid, tier int, program text)
    language sql stable as $$
select distinct on (e.account_id) e.account_id, p.tier, p.name
from programs.enrolment e
join programs.version v on v.id = e.version_id
join programs.program p on p.id = v.program_id
where e.starts_on <= $1 and (e.ends_on is null or e.ends_on > $1)
order by e.account_id, p.tier desc, p.name
$$;

-- What each customer pays most for on a day: where a figure of customers is cut by product, channel or geography.
create function growth.mainstay(account uuid, day date)
    returns table (product text, channel text, geography text)
    language sql stable as $$
select l.product, coalesce(l.channel, c.channel), coalesce(l.geography, c.geography)
from contracts.contract_line l left join contracts.contract c on c.id = l.contract_id
where l.account_id = $1 and l.starts_on <= $2 and (l.ends_on is null or l.ends_on > $2)
order by l.annual desc, l.product, l.id limit 1
$$;
