-- Recurring revenue of each account as ranges of days, derived from contract lines and losses alone. Deleting all rows and
-- deriving them again gives the same rows; contracts.revenue_levels is the one definition.

-- How long a lapsed customer may take to renew late before it counts as lost; 90 days when nothing is said.
create table contracts.revenue_rule (
    only_one boolean primary key default true check (only_one),
    grace_days int not null check (grace_days between 0 and 730)
);
create function contracts.grace_days() returns int
    language sql stable return coalesce((select grace_days from contracts.revenue_rule), 90);

-- Constant currency: one set of rates for all days, so that no movement is one of exchange rates. Units of a currency for
-- one of the company's own, which has 1. A currency without rate stays a world of its own.
create table contracts.exchange_rate (
    currency text primary key,
    units numeric not null check (units > 0),
    own boolean not null default false check (not own or units = 1)
);
create unique index exchange_rate_own on contracts.exchange_rate (own) where own;

create table contracts.revenue_level (
    account_id uuid not null,
    currency text not null,
    from_day date not null,
    until_day date not null, -- the first day that is not in it any more; infinity while nothing ends it
    annual numeric not null check (annual > 0),
    -- running: lines run. late: nothing ran, but the renewal came within the grace. lapsed: nothing ran and nothing
    -- followed; counts only until the grace is over, then the customer was lost on the first of these days.
    state text not null check (state in ('running', 'late', 'lapsed')),
    first_on date not null, -- the first day on which the account brought revenue at all
    primary key (account_id, currency, from_day),
    check (from_day < until_day)
);
create index revenue_level_days on contracts.revenue_level (until_day, from_day);

-- Accounts whose lines or losses changed since. Rows are only added here and taken away once the account was derived again;
-- readers derive such an account for themselves.
create table contracts.revenue_changed (account_id uuid not null);
create index revenue_changed_account on contracts.revenue_changed (account_id);

create function contracts.revenue_levels(accounts uuid[], grace int)
    returns table (
        account_id uuid, currency text, from_day date, until_day date, annual numeric, state text, first_on date)
    language sql stable as $$
with step as ( -- a renewal at the same price on the same day changes nothing and is no step
    select s.account_id, s.currency, s.day, sum(s.change) as change
    from (
        select l.account_id, l.currency, l.starts_on as day, l.annual as change
        from contracts.contract_line l
        where l.account_id = any(accounts) and l.annual <> 0 and (l.ends_on is null or l.ends_on > l.starts_on)
        union all
        select l.account_id, l.currency, l.ends_on, -l.annual
        from contracts.contract_line l
        where l.account_id = any(accounts) and l.annual <> 0 and l.ends_on > l.starts_on
    ) s
    group by 1, 2, 3
    having sum(s.change) <> 0
), running as ( -- below zero is without revenue
    select r.account_id, r.currency, r.from_day, r.until_day, r.annual
    from (
        select s.account_id, s.currency, s.day as from_day,
            lead(s.day, 1, 'infinity'::date) over own as until_day, sum(s.change) over own as annual
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
), bridge as (
    select s.account_id, s.stopped_on,
        case when s.resumed_on <= s.stopped_on + grace then s.resumed_on else s.stopped_on + grace end as until_day,
        case when s.resumed_on <= s.stopped_on + grace then 'late' else 'lapsed' end as state
    from stop s
    where grace > 0
      -- Declared lost: nothing is waited for.
      and not exists (
        select from contracts.cancellation c
        where c.account_id = s.account_id and c.reactivated is not true
          and coalesce(c.effective_on, c.cancelled_on) between s.stopped_on - grace and s.stopped_on + grace)
)
select r.account_id, r.currency, r.from_day, r.until_day, r.annual, 'running', w.first_on
from running r join whole w on w.account_id = r.account_id
union all
select r.account_id, r.currency, b.stopped_on, b.until_day, r.annual, b.state, w.first_on
from bridge b
join running r on r.account_id = b.account_id and r.until_day = b.stopped_on
join whole w on w.account_id = b.account_id
$$;

-- What is kept, and for accounts that changed since what is true now.
create view contracts.revenue as
select l.account_id, l.currency, l.from_day, l.until_day, l.annual, l.state, l.first_on
from contracts.revenue_level l
where not exists (select from contracts.revenue_changed c where c.account_id = l.account_id)
union all
select f.account_id, f.currency, f.from_day, f.until_day, f.annual, f.state, f.first_on
from contracts.revenue_levels(
    array(select distinct c.account_id from contracts.revenue_changed c), contracts.grace_days()) f;

-- How each account moved from one day to another, each taken as a whole. What happens from the first of March to the end of it is
-- the difference between the last of February and the last of March: one row for each currency that is a world of its own,
-- one movement for each row, so that started + movements = ended for any sum of rows. Whether a customer came, came back or
-- left is a matter of the whole account: who swaps one currency for another contracts in the one and expands in the other.
create function contracts.revenue_movements(from_day date, until_day date, today date, graced boolean)
    returns table (
        account_id uuid, currency text, started numeric, ended numeric, live_started boolean, live_ended boolean,
        first_on date, leads boolean, movement text)
    language sql stable as $$
select m.account_id, m.currency, m.started, m.ended, m.live_started, m.live_ended, m.first_on, m.place = 1,
    case
        when m.live_started and not m.live_ended then 'churn'
        when not m.live_started and m.live_ended then case when m.first_on > $1 then 'new' else 'reactivation' end
        when not m.live_started then 'in_period'
        when m.ended > m.started then 'expansion'
        when m.ended < m.started then 'contraction'
        else 'same'
    end
from (
    select w.account_id, w.currency, w.started, w.ended, w.first_on,
        sum(w.started) over account > 0 as live_started,
        sum(w.ended) over account > 0 as live_ended,
        row_number() over (account order by w.currency) as place
    from (
        select l.account_id, case when r.currency is null then l.currency else own.currency end as currency,
            coalesce(sum(case when r.currency is null then l.annual else l.annual / r.units end)
                filter (where l.from_day <= $1 and l.until_day > $1), 0) as started,
            coalesce(sum(case when r.currency is null then l.annual else l.annual / r.units end)
                filter (where l.from_day <= $2 and l.until_day > $2), 0) as ended,
            min(l.first_on) as first_on
        from contracts.revenue l
        left join contracts.exchange_rate own on own.own
        left join contracts.exchange_rate r on r.currency = l.currency and own.currency is not null
        where l.from_day <= $2 and l.until_day > $1
          and case when $4 then l.state <> 'lapsed' or l.until_day > $3 else l.state = 'running' end
        group by 1, 2
    ) w
    window account as (partition by w.account_id)
) m
$$;

create function contracts.revenue_touched() returns trigger
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
        where (s.account_id, s.currency, s.annual, s.starts_on, s.ends_on)
            is distinct from (f.account_id, f.currency, f.annual, f.starts_on, f.ends_on);
    else
        insert into contracts.revenue_changed
        select distinct t.account_id
        from stale s join fresh f on f.id = s.id cross join lateral (values (s.account_id), (f.account_id)) t (account_id)
        where s is distinct from f;
    end if;
    return null;
end $$;
create trigger revenue_new after insert on contracts.contract_line
    referencing new table as fresh for each statement execute function contracts.revenue_touched();
create trigger revenue_changed after update on contracts.contract_line
    referencing old table as stale new table as fresh for each statement execute function contracts.revenue_touched();
create trigger revenue_gone after delete on contracts.contract_line
    referencing old table as stale for each statement execute function contracts.revenue_touched();
create trigger revenue_new after insert on contracts.cancellation
    referencing new table as fresh for each statement execute function contracts.revenue_touched();
create trigger revenue_changed after update on contracts.cancellation
    referencing old table as stale new table as fresh for each statement execute function contracts.revenue_touched();
create trigger revenue_gone after delete on contracts.cancellation
    referencing old table as stale for each statement execute function contracts.revenue_touched();

-- Another grace is another history of everybody.
create function contracts.revenue_rule_changed() returns trigger
    language plpgsql as $$
begin
    insert into contracts.revenue_changed select distinct account_id from contracts.contract_line;
    return null;
end $$;
create trigger revenue_rule_changed after insert or update or delete on contracts.revenue_rule
    for each statement execute function contracts.revenue_rule_changed();

insert into contracts.revenue_changed select distinct account_id from contracts.contract_line;
