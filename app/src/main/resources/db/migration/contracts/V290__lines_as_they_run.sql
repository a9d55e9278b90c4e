-- Lines as they run, which is not always as they are written: a line that renews itself goes on past its end, a replaced one stops
-- when the contract that replaces it begins, a discount ends on a day, and what an account brought that became part of another is
-- the other's. contracts.lines says it once; levels, paths, terms and who was due follow from it.

-- What is silent about a line that renews itself: no line that follows and no cancellation. And whether a discount that ends on a
-- day lowers recurring revenue until then.
alter table contracts.revenue_rule
    add column silence text not null default 'renewed' check (silence in ('renewed', 'lapsed')),
    add column discounts text not null default 'permanent' check (discounts in ('permanent', 'all'));
create function contracts.silence_renews() returns boolean
    language sql stable parallel safe return coalesce((select silence = 'renewed' from contracts.revenue_rule), true);
create function contracts.all_discounts_count() returns boolean
    language sql stable parallel safe return coalesce((select discounts = 'all' from contracts.revenue_rule), false);

alter table contracts.contract_line
    add column discount_ends_on date,
    add constraint discount_is_a_share check (discount_ends_on is null or discount between 0 and 0.99);

-- One account became part of another. The facts stay where they are; figures count them as the other's, in the past too.
create table contracts.account_merger (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null unique references accounts.account on delete cascade,
    into_id uuid not null references accounts.account on delete cascade,
    merged_on date not null,
    note text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    constraint merged_into_another check (account_id <> into_id)
);
create index account_merger_into on contracts.account_merger (into_id);

-- In whom an account ended up, over all steps. Who goes round in a circle became part of nobody.
create view contracts.merged as
with recursive way as (
    select m.account_id, m.into_id as root, 1 as steps from contracts.account_merger m
    union all
    select w.account_id, m.into_id, w.steps + 1
    from way w join contracts.account_merger m on m.account_id = w.root
    where w.steps < 50 and m.into_id <> w.account_id
)
select w.account_id, w.root from way w
where not exists (select from contracts.account_merger m where m.account_id = w.root);

-- Whole months of a term, also of one whose last day was brought as its end; null when there are none.
create function contracts.term_months(starts_on date, ends_on date) returns int
    language sql immutable parallel safe
    return (
        select k.m
        from (select round((ends_on - starts_on) / 30.436875)::int as m) k
        where k.m > 0 and (starts_on + k.m * interval '1 month')::date - ends_on between 0 and 1);

-- The end of a term (0) and of those that follow by themselves: so many months each, or as many days as the first. Where the first is of
-- whole months, the day of its beginning stays the day of all ends, as far as months have it.
create function contracts.term_end(starts_on date, ends_on date, exact int, months int, step int) returns date
    language sql immutable parallel safe
    return case
        when ends_on = 'infinity' then ends_on
        when months is null then ends_on + step * (ends_on - starts_on)
        when exact is not null then (starts_on + (exact + step * months) * interval '1 month')::date
        else (ends_on + step * months * interval '1 month')::date
    end;

-- When a cancellation ends a line that renews itself: never before its end, on the day that it says, else with the term in which
-- notice was given. Notice soon after an end is that of the term that ended.
create function contracts.ended_by(
        starts_on date, ends_on date, exact int, months int, grace int, cancelled_on date, effective_on date) returns date
    language sql immutable parallel safe
    return case
        when effective_on is not null then greatest(effective_on, ends_on)
        when cancelled_on <= ends_on then ends_on
        else (
            select case when $6 - e.last <= $5 and contracts.term_end($1, $2, $3, $4, 1) - $2 > $5 then e.last else e.next end
            from (
                select max(t.day) filter (where t.day <= $6) as last, min(t.day) filter (where t.day >= $6) as next
                from (
                    select contracts.term_end($1, $2, $3, $4, s) as day
                    from generate_series(0, 1 + ($6 - $2) / greatest(1, coalesce($4 * 28, $2 - $1))) s) t) e)
    end;

-- From which day on a line brings what: from each anniversary on dearer, at a renewal by itself dearer as agreed, and from the end
-- of a discount on without it. Prices of a year to a hundredth of a cent. The uplift comes not twice within a year, and where one is
-- agreed it takes the place of the escalator at renewals. Of a line without end, twenty years.
create function contracts.prices(
        annual numeric, escalator numeric, uplift numeric, discount numeric, discount_ends_on date, starts_on date,
        ends_on date, exact int, months int, runs_until date)
    returns table (day date, before numeric, annual numeric, agreed boolean)
    language sql immutable parallel safe as $$
with step as (
    select y.day, 1 as escalated, 0 as lifted, 0 as full
    from (select ($6 + k * interval '1 year')::date as day from generate_series(1, 20) k) y
    where $2 <> 0 and y.day < $10
      and not ($3 is not null and $10 > $7 and y.day >= $7 and exists (
        select from generate_series(0, 240) s where contracts.term_end($6, $7, $8, $9, s) = y.day))
    union all
    select t.day, 0, 1, 0
    from (
        select contracts.term_end($6, $7, $8, $9, i * ceil(case when $9 is not null then 12.0 / $9
                when $7 < 'infinity' then 365.0 / ($7 - $6) end)::int) as day
        from generate_series(0, 19) i) t
    where $3 <> 0 and $10 > $7 and t.day < $10 and t.day <= $6 + interval '20 years'
    union all
    select $5, 0, 0, 1 where $4 > 0 and $5 > $6 and $5 < $10
), priced as (
    select s.day, s.full, row_number() over sofar as place,
        round($1 * power(1 + coalesce($2, 0), sum(s.escalated) over sofar) * power(1 + coalesce($3, 0), sum(s.lifted) over sofar)
            / case when sum(s.full) over sofar > 0 then 1 - $4 else 1 end, 4) as annual
    from step s
    window sofar as (order by s.day, s.full rows unbounded preceding)
)
select p.day, coalesce(lag(p.annual) over (order by p.place), $1), p.annual, p.full = 0
from priced p
order by p.place
$$;

-- Whose facts make the figures of these accounts: their own, and those of accounts that became part of them. Strict, and so never put into
-- the statement that asks: a plan for ten accounts would be used for thousands.
create function contracts.members(accounts uuid[]) returns table (account_id uuid, root uuid)
    language sql stable strict parallel safe rows 2000 as $$
select distinct a.id, a.id from unnest($1) a (id)
where a.id not in (select m.account_id from contracts.merged m)
union all
select m.account_id, m.root from contracts.merged m where m.root = any($1)
$$;

-- What these accounts bought that recurs, as it runs.
create function contracts.lines(accounts uuid[])
    returns table (
        line_id uuid, account_id uuid, contract_id uuid, product text, currency text, annual numeric, starts_on date,
        ends_on date, -- of the first term; infinity when none is agreed
        agreed_on date, -- its end as it was agreed at first
        runs_until date, -- the end of all terms: later than ends_on when it goes on by itself
        exact int, -- months of the first term, where it has whole ones
        months int, -- of each term that follows by itself
        cancelled boolean, -- a cancellation ends it
        replaced boolean, -- another contract took its place before its end
        escalator numeric, uplift numeric, discount numeric, discount_ends_on date,
        moves boolean) -- its price changes while it runs
    language sql stable strict parallel safe rows 20000 as $$
with member as (
    select * from contracts.members($1)
), fact as materialized (
    select l.id, m.root, l.contract_id, l.product, l.currency, l.starts_on, l.escalator, l.uplift,
        case when l.discount_ends_on is null or l.discount > 0 and contracts.all_discounts_count() then l.annual
            else round(l.annual / (1 - coalesce(l.discount, 0)), 4) end as annual,
        case when l.discount_ends_on is not null and contracts.all_discounts_count() then l.discount end as discount,
        l.discount_ends_on,
        case when r.day < coalesce(l.ends_on, 'infinity') then greatest(r.day, l.starts_on) else l.ends_on end as ends_on,
        coalesce(l.scheduled_ends_on, l.ends_on) as agreed_on,
        coalesce(r.day < coalesce(l.ends_on, 'infinity'), false) as replaced,
        l.ends_on is not null and l.ends_on >= coalesce(l.scheduled_ends_on, l.ends_on) and coalesce(r.day > l.ends_on, true)
            and coalesce(l.auto_renew, c.auto_renew and coalesce(l.ends_on >= c.ends_on, true), false) as by_itself,
        case when (l.starts_on + t.months * interval '1 month')::date = l.ends_on then t.months end as exact,
        coalesce(c.renewal_months, t.months) as months,
        r.day as replaced_on
    from member m
    join contracts.contract_line l on l.account_id = m.account_id
    left join contracts.contract c on c.id = l.contract_id
    cross join lateral (
        select case when coalesce(l.auto_renew, c.auto_renew) then contracts.term_months(l.starts_on, l.ends_on) end as months
        offset 0) t
    left join lateral ( -- when a contract that replaces this one begins, unless it began before it
        select min(n.starts_on) as day
        from contracts.contract s join contracts.contract_line n on n.contract_id = s.id
        where s.replaces = l.contract_id and n.annual > 0
          and (n.account_id = l.account_id or n.account_id in (select o.account_id from member o where o.root = m.root))
          and n.starts_on > (select min(f.starts_on) from contracts.contract_line f where f.contract_id = l.contract_id)
    ) r on l.contract_id is not null
    where l.annual <> 0 and (l.ends_on is null or l.ends_on > l.starts_on)
), own as materialized (
    select f.* from fact f where f.by_itself and contracts.silence_renews()
), seen as (
    select f.id, f.root, f.product, f.starts_on, f.ends_on,
        min(f.starts_on) over (partition by f.root, f.product) as product_since,
        (f.root, f.product, f.starts_on) in (select p.root, p.product, p.ends_on from fact p where p.ends_on is not null)
            as takes_over, f.annual
    from fact f
    where exists (select from own)
), followed as ( -- a line of the same product, or on the very day one of a product that the customer did not have
    select o.id, min(n.starts_on) as day
    from own o
    join seen n on n.root = o.root and n.id <> o.id and n.annual > 0 and n.starts_on > o.starts_on
      and n.starts_on >= o.ends_on - 183 and coalesce(n.ends_on, 'infinity') > o.ends_on
    where o.annual > 0
      and case when n.product = o.product then n.starts_on = o.ends_on or not n.takes_over
        else n.starts_on = o.ends_on and n.product_since = n.starts_on end
    group by 1
), cancelled as (
    select o.id, min(contracts.ended_by(
        o.starts_on, o.ends_on, o.exact, o.months, contracts.grace_days(), c.cancelled_on, c.effective_on)) as day
    from own o
    join member m on m.root = o.root
    join contracts.cancellation c on c.account_id = m.account_id and c.reactivated is not true
      and (c.contract_id is null or c.contract_id = o.contract_id) and coalesce(c.effective_on, c.cancelled_on) > o.starts_on
    group by 1
)
select f.id, f.root, f.contract_id, f.product, f.currency, f.annual, f.starts_on, coalesce(f.ends_on, 'infinity'), f.agreed_on,
    e.runs_until, f.exact, f.months, e.runs_until < 'infinity' and coalesce(c.day = e.runs_until, false), f.replaced,
    f.escalator, f.uplift, f.discount, f.discount_ends_on,
    coalesce(f.escalator, 0) <> 0 or coalesce(f.discount, 0) > 0
        or coalesce(f.uplift, 0) <> 0 and e.runs_until > coalesce(f.ends_on, 'infinity')
from fact f
left join own o on o.id = f.id
left join followed n on n.id = f.id
left join cancelled c on c.id = f.id
cross join lateral (
    select case when o.id is null then coalesce(f.ends_on, 'infinity')
        else greatest(least(n.day, c.day, f.replaced_on, 'infinity'), f.ends_on) end as runs_until offset 0) e
where coalesce(f.ends_on, 'infinity') > f.starts_on
$$;

-- What a line brings on a day on which it runs.
create function contracts.price_on(
        annual numeric, escalator numeric, uplift numeric, discount numeric, discount_ends_on date, starts_on date,
        ends_on date, exact int, months int, runs_until date, day date) returns numeric
    language sql immutable parallel safe
    return coalesce(
        (select (array_agg(p.annual))[count(*)]
         from contracts.prices($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) p where p.day <= $11), $1);

-- Agreed price steps so far, so that what a period's dearer prices brought is a difference of two days.
alter table contracts.revenue_level add column priced numeric not null default 0;
alter table contracts.revenue_path add column priced numeric[]; -- beside annual; null when no price ever moved
alter table contracts.revenue_path alter priced set storage main;

create function contracts.levels(accounts uuid[], grace int)
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
      -- Declared lost: nothing is waited for.
      and not exists (
        select from loss c
        where c.root = s.account_id and c.said_on between s.stopped_on - grace and s.stopped_on + grace)
      and not exists (
        select from line l where l.account_id = s.account_id and l.cancelled and l.runs_until = s.stopped_on)
)
select r.account_id, r.currency, r.from_day, r.until_day, r.annual, 'running', w.first_on, r.priced
from running r join whole w on w.account_id = r.account_id
union all
select r.account_id, r.currency, b.stopped_on, b.until_day, r.annual, b.state, w.first_on, r.priced
from bridge b
join running r on r.account_id = b.account_id and r.until_day = b.stopped_on
join whole w on w.account_id = b.account_id
$$;

create or replace function contracts.revenue_levels(accounts uuid[], grace int)
    returns table (
        account_id uuid, currency text, from_day date, until_day date, annual numeric, state text, first_on date)
    language sql stable parallel safe as $$
select l.account_id, l.currency, l.from_day, l.until_day, l.annual, l.state, l.first_on from contracts.levels($1, $2) l
$$;

create or replace view contracts.revenue as
select l.account_id, l.currency, l.from_day, l.until_day, l.annual, l.state, l.first_on, l.priced
from contracts.revenue_level l
where not exists (select from contracts.revenue_changed c where c.account_id = l.account_id)
union all
select f.account_id, f.currency, f.from_day, f.until_day, f.annual, f.state, f.first_on, f.priced
from contracts.levels(array(select distinct c.account_id from contracts.revenue_changed c), contracts.grace_days()) f;

create or replace function contracts.revenue_paths(accounts uuid[])
    returns setof contracts.revenue_path
    language sql stable parallel safe as $$
select s.account_id, s.currency, min(s.first_on), bool_or(s.several),
    array_agg(s.day order by s.day), array_agg(s.annual order by s.day), array_agg(s.known order by s.day),
    case when bool_or(s.priced <> 0) then array_agg(s.priced order by s.day) end
from (
    select l.account_id, l.currency, l.first_on, l.first_currency <> l.last_currency as several, b.day, l.priced,
        case when b.day = l.from_day then l.annual else 0 end as annual,
        case when b.day = l.from_day and l.state = 'late' then '9999-12-31'
            when b.day = l.from_day and l.state = 'lapsed' then l.until_day else 'infinity' end::date as known
    from (
        select k.*, lead(k.from_day) over (partition by k.account_id, k.currency order by k.from_day) as next_day,
            min(k.currency) over account as first_currency, max(k.currency) over account as last_currency
        from contracts.levels(accounts, contracts.grace_days()) k
        window account as (partition by k.account_id)
    ) l
    cross join lateral (
        select l.from_day as day
        union all
        select l.until_day where l.until_day < 'infinity' and l.until_day is distinct from l.next_day) b
) s
group by 1, 2
$$;

create or replace view contracts.path as
select p.* from contracts.revenue_path p
where p.account_id not in (select c.account_id from contracts.revenue_changed c)
union all
select f.* from contracts.revenue_paths(array(select distinct c.account_id from contracts.revenue_changed c)) f;

-- Lines that went on by themselves past the end that is written, each once. Their terms follow from it day by day, so that nothing
-- has to be written when one ends and the next begins.
create table contracts.going_on (
    line_id uuid not null,
    account_id uuid not null,
    contract_id uuid,
    product text not null,
    currency text not null,
    annual numeric not null,
    starts_on date not null,
    ends_on date not null,
    runs_until date not null,
    exact int,
    months int,
    cancelled boolean not null,
    escalator numeric,
    uplift numeric,
    discount numeric,
    discount_ends_on date,
    moves boolean not null
);
create index going_on_account on contracts.going_on (account_id);

create function contracts.lines_going_on(accounts uuid[])
    returns setof contracts.going_on
    language sql stable parallel safe as $$
select l.line_id, l.account_id, l.contract_id, l.product, l.currency, l.annual, l.starts_on, l.ends_on, l.runs_until, l.exact,
    l.months, l.cancelled, l.escalator, l.uplift, l.discount, l.discount_ends_on, l.moves
from contracts.lines(accounts) l where l.runs_until > l.ends_on
$$;

-- What is kept, and of accounts that changed since what is true now.
create view contracts.goes_on as
select k.* from contracts.going_on k
where k.account_id not in (select c.account_id from contracts.revenue_changed c)
union all
select f.* from contracts.lines_going_on(array(select distinct c.account_id from contracts.revenue_changed c)) f;

-- What a line that went on brings in a year on a day.
create function contracts.price_of(g contracts.going_on, day date) returns numeric
    language sql immutable parallel safe
    return case when (g).moves then contracts.price_on(
            (g).annual, (g).escalator, (g).uplift, (g).discount, (g).discount_ends_on, (g).starts_on, (g).ends_on, (g).exact,
            (g).months, (g).runs_until, day)
        else (g).annual end;

-- The terms that had begun by themselves by a day. A last one that ended because a line followed is none: it only filled a gap.
create function contracts.terms_of(g contracts.going_on, last date)
    returns table (step int, from_day date, until_day date)
    language sql immutable parallel safe as $$
select t.step, t.from_day, t.until_day
from (
    select s as step, contracts.term_end((g).starts_on, (g).ends_on, (g).exact, (g).months, s) as from_day,
        contracts.term_end((g).starts_on, (g).ends_on, (g).exact, (g).months, s + 1) as until_day
    from generate_series(0, least(2000,
        (least($2, (g).runs_until) - (g).ends_on) / greatest(1, coalesce((g).months * 28, (g).ends_on - (g).starts_on)))) s) t
where t.from_day <= $2 and t.from_day < (g).runs_until and ((g).cancelled or t.until_day <= (g).runs_until)
$$;

create function contracts.automatic_terms(last date)
    returns table (
        account_id uuid, line_id uuid, contract_id uuid, product text, currency text, step int, starts_on date,
        due_on date, ends numeric, runs_until date, cancelled boolean)
    language sql stable parallel safe as $$
select g.account_id, g.line_id, g.contract_id, g.product, g.currency, t.step, t.from_day, t.until_day,
    contracts.price_of(row(g.*)::contracts.going_on, t.until_day - 1), g.runs_until, g.cancelled
from contracts.goes_on g cross join lateral contracts.terms_of(row(g.*)::contracts.going_on, $1) t
where g.ends_on <= $1
$$;

-- Renewed by itself at its end, which is so only from that day on.
alter table contracts.term add column by_itself boolean not null default false;

-- As before (V255), of lines as they run. A term whose contract was replaced is renewed, whenever that was, and one that went on by itself
-- is renewed on the day of its end.
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
      and (c.contract_id = t.contract_id
        or c.contract_id is null and coalesce(c.effective_on, c.cancelled_on)
            between t.agreed - t.grace and t.agreed + t.grace)
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

-- As before, and the terms that began by themselves, from the day on which they did.
create or replace function contracts.renewals(from_day date, until_day date, today date)
    returns table (
        account_id uuid, contract_id uuid, product text, currency text, annual numeric, starts_on date, due_on date,
        monthly boolean, renewed_on date, same_product boolean, outcome text)
    language sql stable parallel safe as $$
select t.account_id, t.contract_id, t.product, t.currency, t.annual, t.starts_on, t.due_on,
    t.due_on - t.starts_on <= 31,
    case when not t.by_itself or t.renewed_on <= $3 then t.renewed_on end,
    t.same_product,
    case
        when t.renewed_on is not null and (not t.by_itself or t.renewed_on <= $3) then 'renewed'
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
union all
select t.account_id, t.contract_id, min(t.product), t.currency, sum(t.ends), min(t.starts_on), t.due_on,
    t.due_on - min(t.starts_on) <= 31,
    case when bool_or(t.renewed) and t.due_on <= $3 then t.due_on end,
    bool_or(t.renewed) and t.due_on <= $3,
    case
        when bool_or(t.renewed) and t.due_on <= $3 then 'renewed'
        when bool_or(t.cancelled) and not bool_or(t.renewed) then 'lost'
        else 'pending'
    end
from (
    select a.*, a.runs_until > a.due_on or not a.cancelled and a.runs_until = a.due_on as renewed
    from contracts.automatic_terms($3) a
    where a.due_on >= $1 and a.due_on < $2
) t
group by t.account_id, t.contract_id, coalesce(t.contract_id, t.line_id), t.currency, t.due_on
having sum(t.ends) > 0
$$;

-- Customers whose term ended in the period and who had no other that went through all of it; followed: one began since and runs on
-- beyond the period, however late it began, or a term followed by itself. Accounts that became part of another are the other.
create or replace function contracts.customers_due(from_day date, until_day date)
    returns table (account_id uuid, followed boolean)
    language sql stable parallel safe as $$
select l.account_id, bool_or(l.starts_on >= $1 and l.ends_on >= $2)
from (
    select coalesce(m.root, w.account_id) as account_id, w.starts_on, coalesce(w.ends_on, 'infinity') as ends_on
    from contracts.contract_line w left join contracts.merged m on m.account_id = w.account_id
    where w.annual > 0 and (w.ends_on is null or w.ends_on >= $1)
    union all
    select a.account_id, a.starts_on, a.due_on from contracts.automatic_terms($2) a where a.ends > 0 and a.due_on >= $1
) l
group by l.account_id
having bool_or(l.ends_on < $2) and not bool_or(l.starts_on < $1 and l.ends_on >= $2)
$$;

-- The same by what each account brought itself: who became part of another is neither due nor lost.
create function contracts.customers_due_apart(from_day date, until_day date)
    returns table (account_id uuid, followed boolean)
    language sql stable parallel safe as $$
select l.account_id, bool_or(l.starts_on >= $1 and l.ends_on >= $2)
from (
    select w.account_id, w.starts_on, coalesce(w.ends_on, 'infinity') as ends_on
    from contracts.contract_line w
    where w.annual > 0 and (w.ends_on is null or w.ends_on >= $1)
      and w.account_id not in (select m.account_id from contracts.merged m)
    union all
    select a.account_id, a.starts_on, a.due_on from contracts.automatic_terms($2) a where a.ends > 0 and a.due_on >= $1
) l
group by l.account_id
having bool_or(l.ends_on < $2) and not bool_or(l.starts_on < $1 and l.ends_on >= $2)
$$;

-- Accounts whose figures follow from what these accounts brought.
create function contracts.touch(accounts uuid[]) returns void
    language sql as $$
insert into contracts.revenue_changed
select a from unnest($1) a
union
select m.root from contracts.merged m where m.account_id = any($1)
$$;

create or replace function contracts.revenue_touched() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform contracts.touch(array(select distinct account_id from fresh));
    elsif tg_op = 'DELETE' then
        perform contracts.touch(array(select distinct account_id from stale));
    elsif tg_table_name = 'contract_line' then
        perform contracts.touch(array(
            select distinct t.account_id
            from stale s join fresh f on f.id = s.id
            cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
            where (s.account_id, s.currency, s.annual, s.starts_on, s.ends_on, s.escalator, s.scheduled_ends_on, s.contract_id,
                    s.product, s.auto_renew, s.uplift, s.discount, s.discount_ends_on)
                is distinct from
                (f.account_id, f.currency, f.annual, f.starts_on, f.ends_on, f.escalator, f.scheduled_ends_on, f.contract_id,
                    f.product, f.auto_renew, f.uplift, f.discount, f.discount_ends_on)));
    else -- a loss moves revenue by its days and by whether the customer came back, not by its words
        perform contracts.touch(array(
            select distinct t.account_id
            from stale s join fresh f on f.id = s.id
            cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
            where (s.account_id, s.contract_id, s.cancelled_on, s.effective_on, s.reactivated)
                is distinct from (f.account_id, f.contract_id, f.cancelled_on, f.effective_on, f.reactivated)));
    end if;
    return null;
end $$;
drop trigger revenue_changed on contracts.cancellation;
create trigger revenue_changed after update on contracts.cancellation
    referencing old table as stale new table as fresh for each statement execute function contracts.revenue_touched();
drop function contracts.loss_touched();

create or replace function contracts.signature_changed() returns trigger
    language plpgsql as $$
begin
    perform contracts.touch(array(
        select distinct l.account_id
        from stale s join fresh f on f.id = s.id
        join contracts.contract_line l on l.contract_id in (f.id, f.replaces, s.replaces)
        where (s.signed_on, s.ends_on, s.auto_renew, s.renewal_months, s.replaces)
            is distinct from (f.signed_on, f.ends_on, f.auto_renew, f.renewal_months, f.replaces)));
    return null;
end $$;

-- Who was merged before and who is now, with everybody that comes along.
create function contracts.merger_changed() returns trigger
    language plpgsql as $$
begin
    insert into contracts.revenue_changed
    select a.id
    from (
        select case when tg_op = 'DELETE' then old.account_id else new.account_id end as one
        union select case when tg_op = 'DELETE' then old.into_id else new.into_id end
        union select case when tg_op = 'INSERT' then new.into_id else old.into_id end
        union select case when tg_op = 'INSERT' then new.account_id else old.account_id end
    ) t
    cross join lateral (
        select t.one as id
        union select m.root from contracts.merged m where m.account_id = t.one
        union select o.account_id from contracts.merged m join contracts.merged o on o.root = m.root where m.account_id = t.one
        union select o.account_id from contracts.merged o where o.root = t.one
    ) a;
    return null;
end $$;
create trigger merger_changed after insert or update or delete on contracts.account_merger
    for each row execute function contracts.merger_changed();

insert into contracts.revenue_changed select distinct account_id from contracts.contract_line;
