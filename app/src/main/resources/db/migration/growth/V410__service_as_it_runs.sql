-- Sales of service read lines as they run: what renews itself goes on and is due again, what was given up is not.

-- As before (V260); a product takes the place of another where that really ended.
create or replace function growth.product_sales(from_day date, until_day date, today date, around int)
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
          select from contracts.contract_line p left join contracts.goes_on g on g.line_id = p.id
          where p.account_id = l.account_id and p.starts_on < l.starts_on
            and (p.product = l.product
              or not growth.is_service(p.kind)
                and coalesce(g.runs_until, p.ends_on) between l.starts_on - contracts.grace_days() and l.starts_on + 31
                and not exists (
                    select from contracts.contract_line n
                    where n.account_id = p.account_id and n.product = p.product and n.starts_on > p.starts_on
                      and n.starts_on <= coalesce(g.runs_until, p.ends_on) + contracts.grace_days())))
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

-- Terms of service that were due from one day to another, those too that began by themselves. Due is what ran last of a term: what was given
-- up earlier, while other service of it ran on, is not due again. A term is renewed when service of the account begins between half a
-- year before its end and the end of the grace, and runs on beyond it, or when it goes on by itself. Who left before the agreed end
-- and came back later than the grace allows was won back: that renews nothing.
create or replace function growth.service_terms(from_day date, until_day date, today date)
    returns table (
        account_id uuid, product text, program text, channel text, geography text, currency text, annual numeric,
        due_on date, monthly boolean, renewed_on date, outcome text)
    language sql stable as $$
with term as (
    select l.account_id, l.contract_id, l.product, l.currency, l.agreed, sum(l.annual) as annual,
        min(l.starts_on) as starts_on, max(l.ended) as ended, bool_or(l.goes_on) as goes_on, max(l.program) as program,
        max(l.channel) as channel, max(l.geography) as geography
    from (
        select s.*, s.ended = max(s.ended) over (partition by s.account_id, s.bundle, s.currency, s.agreed) as latest
        from (
            select n.*, coalesce(n.contract_id, n.id) as bundle, coalesce(n.scheduled_ends_on, n.ends_on) as agreed,
                coalesce(n.ends_on, n.scheduled_ends_on) as ended, coalesce(g.runs_until > n.ends_on, false) as goes_on
            from contracts.contract_line n left join contracts.goes_on g on g.line_id = n.id
            where coalesce(n.scheduled_ends_on, n.ends_on) >= $1 and coalesce(n.scheduled_ends_on, n.ends_on) < $2
              and growth.is_service(n.kind) and n.annual > 0
        ) s
    ) l
    where l.latest
    group by l.account_id, l.contract_id, l.bundle, l.product, l.currency, l.agreed
), followed as (
    select t.*, (
            select min(n.starts_on) from contracts.contract_line n
            where n.account_id = t.account_id and growth.is_service(n.kind) and n.annual > 0
              and n.starts_on > t.starts_on and n.starts_on >= least(t.ended, t.agreed) - 183
              and n.starts_on <= least(t.ended, t.agreed) + contracts.grace_days()
              and coalesce(n.ends_on, 'infinity') > t.agreed
        ) as followed_on
    from term t
), judged as (
    select f.account_id, f.contract_id, f.product, f.program, f.channel, f.geography, f.currency, f.annual, f.agreed as due_on,
        f.starts_on, coalesce(f.followed_on, case when f.goes_on and f.agreed <= $3 then f.agreed end) as renewed_on,
        case
            when f.followed_on is not null or f.goes_on and f.agreed <= $3 then 'renewed'
            when f.ended < f.agreed and f.ended <= $3 then 'lost'
            when f.goes_on then 'pending'
            when f.agreed + contracts.grace_days() <= $3 then 'lost'
            when exists (
                select from contracts.cancellation x
                where x.account_id = f.account_id and x.reactivated is not true and x.cancelled_on <= $3
                  and contracts.gives_up(x.contract_id, coalesce(x.effective_on, x.cancelled_on), f.contract_id, f.starts_on,
                    f.agreed, contracts.grace_days()))
                then 'lost'
            when f.agreed <= $3 then 'lapsed'
            else 'pending'
        end as outcome
    from followed f
    union all
    select l.account_id, l.contract_id, l.product, max(l.program), max(l.channel), max(l.geography), l.currency, sum(a.ends),
        a.due_on, min(a.starts_on), case when bool_or(a.renewed) and a.due_on <= $3 then a.due_on end,
        case
            when bool_or(a.renewed) and a.due_on <= $3 then 'renewed'
            when bool_or(a.cancelled) and not bool_or(a.renewed) then 'lost'
            else 'pending'
        end
    from (
        select t.*, t.runs_until > t.due_on or not t.cancelled and t.runs_until = t.due_on as renewed
        from contracts.automatic_terms($3) t
        where t.due_on >= $1 and t.due_on < $2
    ) a
    join contracts.contract_line l on l.id = a.line_id and growth.is_service(l.kind)
    group by l.account_id, l.contract_id, coalesce(l.contract_id, l.id), l.product, l.currency, a.due_on
    having sum(a.ends) > 0
)
select j.account_id, j.product, coalesce(j.program, c.program), coalesce(j.channel, c.channel),
    coalesce(j.geography, c.geography), j.currency, j.annual, j.due_on, j.due_on - j.starts_on <= 31, j.renewed_on, j.outcome
from judged j left join contracts.contract c on c.id = j.contract_id
$$;

-- What each customer pays most for on a day, as it runs.
create or replace function growth.mainstay(account uuid, day date)
    returns table (product text, channel text, geography text)
    language sql stable as $$
select l.product, coalesce(l.channel, c.channel), coalesce(l.geography, c.geography)
from contracts.held($2) l left join contracts.contract c on c.id = l.contract_id
where l.account_id = $1
order by l.annual desc, l.product, l.line_id limit 1
$$;

-- What customers have on a day, by product and currency, with the money of a year, as it runs.
create or replace function growth.holdings(day date)
    returns table (account_id uuid, product text, currency text, annual numeric, service boolean, seats bigint)
    language sql stable parallel safe as $$
select l.account_id, l.product, l.currency, sum(l.annual), bool_and(growth.is_service(l.kind)),
    sum(l.seats) filter (where not growth.is_service(l.kind))
from contracts.held($1) l
group by l.account_id, l.product, l.currency
$$;
