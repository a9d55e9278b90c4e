-- What open points were left of terms (decision 0064).

-- Whether a cancellation is of a term: of its contract, or of everything at its end; or of everything on a day within it, when the end is
-- not further away than a notice may take effect.
create function contracts.gives_up(
        cancelled_contract uuid, said_on date, contract uuid, starts_on date, agreed date, grace int) returns boolean
    language sql immutable parallel safe
    return cancelled_contract = contract
        or cancelled_contract is null
            and (said_on between agreed - grace and agreed + grace
                or said_on > starts_on and said_on < agreed and agreed <= said_on + 400);

-- As before (V290), but who comes back within the grace has renewed late, also when the loss was on record meanwhile: the list of renewals
-- says so too. A loss on record ends the waiting as long as nothing has come.
create or replace function contracts.levels(accounts uuid[], grace int)
    returns table (
        account_id uuid, currency text, from_day date, until_day date, annual numeric, state text, first_on date,
        priced numeric)
    language sql stable parallel safe as $$
with line as materialized (
    select * from contracts.lines(accounts)
), price as materialized (
    select l.line_id, l.account_id, l.currency, p.day, p.annual - p.before as change, p.agreed
    from line l cross join lateral contracts.prices(
        l.annual, l.escalator, l.uplift, l.discount, l.discount_ends_on, l.starts_on, l.ends_on, l.exact, l.months, l.runs_until) p
    where l.moves
), step as ( -- a renewal at the same price on the same day changes nothing and is no step
    select s.account_id, s.currency, s.day, sum(s.change) as change, sum(s.priced) as priced
    from (
        select l.account_id, l.currency, l.starts_on as day, l.annual as change, 0 as priced from line l
        union all
        select p.account_id, p.currency, p.day, p.change, case when p.agreed then p.change else 0 end from price p
        union all
        select l.account_id, l.currency, l.runs_until, -l.annual - coalesce(m.change, 0), 0
        from line l
        left join (select p.line_id, sum(p.change) as change from price p group by 1) m on m.line_id = l.line_id
        where l.runs_until < 'infinity'
    ) s
    group by 1, 2, 3
    having sum(s.change) <> 0 or sum(s.priced) <> 0
), running as ( -- below zero is without revenue
    select r.account_id, r.currency, r.from_day, r.until_day, r.annual, r.priced
    from (
        select s.account_id, s.currency, s.day as from_day,
            lead(s.day, 1, 'infinity'::date) over own as until_day, sum(s.change) over own as annual,
            sum(s.priced) over own as priced
        from step s
        window own as (partition by s.account_id, s.currency order by s.day)
    ) r
    where r.annual > 0
), reach as (
    select r.account_id, r.from_day,
        max(r.until_day) over (
            partition by r.account_id order by r.from_day rows between unbounded preceding and 1 preceding) as before
    from running r
), whole as (
    select r.account_id, min(r.from_day) as first_on, max(r.until_day) as last_on from running r group by 1
), stop as ( -- when all revenue of an account stops, and when some comes again
    select account_id, before as stopped_on, from_day as resumed_on from reach where before < from_day
    union all
    select account_id, last_on, null from whole where last_on < 'infinity'
), loss as (
    select m.root, coalesce(c.effective_on, c.cancelled_on) as said_on
    from contracts.members(accounts) m join contracts.cancellation c on c.account_id = m.account_id
    where c.reactivated is not true
), bridge as (
    select s.account_id, s.stopped_on,
        case when s.resumed_on <= s.stopped_on + grace then s.resumed_on else s.stopped_on + grace end as until_day,
        case when s.resumed_on <= s.stopped_on + grace then 'late' else 'lapsed' end as state
    from stop s
    where grace > 0
      and (s.resumed_on <= s.stopped_on + grace
        -- Declared lost: nothing is waited for.
        or not exists (
            select from loss c
            where c.root = s.account_id and c.said_on between s.stopped_on - grace and s.stopped_on + grace)
          and not exists (
            select from line l where l.account_id = s.account_id and l.cancelled and l.runs_until = s.stopped_on))
)
select r.account_id, r.currency, r.from_day, r.until_day, r.annual, 'running', w.first_on, r.priced
from running r join whole w on w.account_id = r.account_id
union all
select r.account_id, r.currency, b.stopped_on, b.until_day, r.annual, b.state, w.first_on, r.priced
from bridge b
join running r on r.account_id = b.account_id and r.until_day = b.stopped_on
join whole w on w.account_id = b.account_id
$$;

-- As before (V290), with cancellations of everything that take effect long before the end.
create or replace function contracts.terms(accounts uuid[])
    returns setof contracts.term
    language sql stable parallel safe as $$
with member as (
    select * from contracts.members(accounts)
), term as materialized (
    select row_number() over () as place, l.account_id, l.contract_id, l.currency,
        min(l.product) filter (where l.latest) as product,
        sum(case when l.moves then contracts.price_on(
                l.annual, l.escalator, l.uplift, l.discount, l.discount_ends_on, l.starts_on, l.ends_on, l.exact, l.months,
                greatest(l.agreed_on, l.runs_until), l.agreed_on - 1)
            else l.annual end) filter (where l.latest) as annual,
        min(l.starts_on) as starts_on, l.agreed_on as agreed, max(l.ends_on) as ended,
        bool_or(l.runs_until > l.ends_on) as goes_on, contracts.grace_days() as grace
    from ( -- what was given up while the rest of its term ran on is not due again at the end
        select r.*, coalesce(r.contract_id, r.line_id) as bundle,
            r.ends_on = max(r.ends_on) over (
                partition by r.account_id, coalesce(r.contract_id, r.line_id), r.currency, r.agreed_on) as latest
        from contracts.lines(accounts) r
        where r.agreed_on is not null
    ) l
    group by l.account_id, l.contract_id, l.bundle, l.currency, l.agreed_on
    having sum(l.annual) filter (where l.latest) > 0
), followed as (
    select t.place,
        min(case when n.contract_id is null or n.contract_id = t.contract_id then n.starts_on
            else coalesce(c.signed_on, n.starts_on) end) as renewed_on,
        bool_or(n.product = t.product) as same_product
    from term t
    join member m on m.root = t.account_id
    join contracts.contract_line n on n.account_id = m.account_id
    left join contracts.contract c on c.id = n.contract_id
    where n.annual > 0 and n.starts_on > t.starts_on
      and (c.replaces = t.contract_id
        or n.starts_on >= least(t.ended, t.agreed) - 183 and n.starts_on <= least(t.ended, t.agreed) + t.grace
          and coalesce(n.ends_on, 'infinity') > t.agreed)
    group by 1
), lost as (
    select t.place, min(c.cancelled_on) as lost_on
    from term t
    join member m on m.root = t.account_id
    join contracts.cancellation c on c.account_id = m.account_id
    where c.reactivated is not true
      and contracts.gives_up(
        c.contract_id, coalesce(c.effective_on, c.cancelled_on), t.contract_id, t.starts_on, t.agreed, t.grace)
    group by 1
)
select t.account_id, t.contract_id, t.product, t.currency, t.annual, t.starts_on, t.agreed,
    case when t.goes_on and not coalesce(n.same_product, false) then t.agreed else n.renewed_on end,
    coalesce(n.same_product, false) or t.goes_on,
    least(case when t.ended < t.agreed then t.ended end, t.agreed + t.grace, l.lost_on),
    t.goes_on and not coalesce(n.same_product, false)
from term t
left join followed n on n.place = t.place
left join lost l on l.place = t.place
$$;

-- What became of all terms of some accounts: contracts.renewals for them alone, without a look at anybody else.
create function contracts.renewals_of(accounts uuid[], today date)
    returns table (
        account_id uuid, contract_id uuid, product text, currency text, annual numeric, starts_on date, due_on date,
        monthly boolean, renewed_on date, same_product boolean, outcome text)
    language sql stable parallel safe as $$
select t.account_id, t.contract_id, t.product, t.currency, t.annual, t.starts_on, t.due_on,
    t.due_on - t.starts_on <= 31,
    case when not t.by_itself or t.renewed_on <= $2 then t.renewed_on end,
    t.same_product,
    case
        when t.renewed_on is not null and (not t.by_itself or t.renewed_on <= $2) then 'renewed'
        when t.lost_from <= $2 then 'lost'
        when t.due_on <= $2 then 'lapsed'
        else 'pending'
    end
from (
    select k.* from contracts.term k
    where k.account_id = any($1)
      and not exists (select from contracts.revenue_changed c where c.account_id = k.account_id)
    union all
    select f.* from contracts.terms(
        array(select distinct c.account_id from contracts.revenue_changed c where c.account_id = any($1))) f
) t
union all
select t.account_id, t.contract_id, min(t.product), t.currency, sum(t.ends), min(t.starts_on), t.due_on,
    t.due_on - min(t.starts_on) <= 31,
    case when bool_or(t.renewed) and t.due_on <= $2 then t.due_on end,
    bool_or(t.renewed) and t.due_on <= $2,
    case
        when bool_or(t.renewed) and t.due_on <= $2 then 'renewed'
        when bool_or(t.cancelled) and not bool_or(t.renewed) then 'lost'
        else 'pending'
    end
from (
    select a.*, a.runs_until > a.due_on or not a.cancelled and a.runs_until = a.due_on as renewed
    from (
        select g.account_id, g.line_id, g.contract_id, g.product, g.currency, t.from_day as starts_on, t.until_day as due_on,
            contracts.price_of(row(g.*)::contracts.going_on, t.until_day - 1) as ends, g.runs_until, g.cancelled
        from (
            select k.* from contracts.going_on k
            where k.account_id = any($1)
              and not exists (select from contracts.revenue_changed c where c.account_id = k.account_id)
            union all
            select f.* from contracts.lines_going_on(
                array(select distinct c.account_id from contracts.revenue_changed c where c.account_id = any($1))) f
        ) g
        cross join lateral contracts.terms_of(row(g.*)::contracts.going_on, $2) t
        where g.ends_on <= $2
    ) a
) t
group by t.account_id, t.contract_id, coalesce(t.contract_id, t.line_id), t.currency, t.due_on
having sum(t.ends) > 0
$$;

create index going_on_line on contracts.going_on (line_id);

-- Lines with the first day on which they do not run any more, which is later than is written where they go on by themselves.
create view contracts.runs as
select l.*, coalesce(g.runs_until, l.ends_on, 'infinity') as runs_until
from contracts.contract_line l left join contracts.goes_on g on g.line_id = l.id;

-- What runs on a day, with what it brings in a year then: as it is written, and what goes on by itself.
create function contracts.held(day date)
    returns table (
        line_id uuid, account_id uuid, contract_id uuid, product text, kind text, program text, channel text, geography text,
        currency text, seats int, unit text, annual numeric, starts_on date)
    language sql stable parallel safe as $$
select l.id, l.account_id, l.contract_id, l.product, l.kind, l.program, l.channel, l.geography, l.currency, l.seats, l.unit,
    contracts.annual_on(l.annual, l.escalator, l.starts_on, $1), l.starts_on
from contracts.contract_line l
where l.starts_on <= $1 and (l.ends_on is null or l.ends_on > $1)
union all
select l.id, l.account_id, l.contract_id, l.product, l.kind, l.program, l.channel, l.geography, l.currency, l.seats, l.unit,
    contracts.price_of(row(g.*)::contracts.going_on, $1), l.starts_on
from contracts.goes_on g join contracts.contract_line l on l.id = g.line_id
where g.ends_on <= $1 and g.runs_until > $1
$$;

select contracts.touch(array(select distinct account_id from contracts.cancellation where reactivated is not true));
