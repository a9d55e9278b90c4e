-- What contracts of these accounts buy, as programs.sold says it, with the end of what really runs: a contract of which all lines ended has
-- ended, and one that goes on by itself goes on.
create function programs.sold_of(accounts uuid[])
    returns table (account_id uuid, contract_id uuid, sold_as text, starts_on date, ends_on date, program_id uuid)
    language sql stable strict as $$
with bought as materialized ( -- who bought none needs no look at lines
    select distinct n.account_id, n.contract_id from programs.named n where n.account_id = any($1)
), run as materialized (
    select l.id, l.contract_id, l.ends_on, coalesce(r.runs_until, l.ends_on, 'infinity') -- for the next month's line a month is waited
            + case when l.scheduled_ends_on is null and l.ends_on - l.starts_on <= 31 then 31 else 0 end as until,
        coalesce(r.runs_until > r.ends_on, false) as goes_on
    from contracts.contract_line l
    left join contracts.lines(array(
        select coalesce((select m.root from contracts.merged m where m.account_id = b.account_id), b.account_id)
        from (select distinct account_id from bought) b)) r on r.line_id = l.id
    where l.account_id = any($1) and l.contract_id in (select b.contract_id from bought b)
), bundle as (
    select r.contract_id, max(r.until) as until, bool_or(r.goes_on and r.until > c.ends_on) as goes_on
    from run r join contracts.contract c on c.id = r.contract_id
    group by 1
), named as (
    select c.account_id, c.id as contract_id, c.program as sold_as,
        coalesce(c.starts_on, c.signed_on, c.created_at::date) as starts_on,
        nullif(case when b.goes_on then b.until else least(b.until, c.ends_on) end, 'infinity') as ends_on,
        p.id as program_id, p.tier, lower(p.name) = lower(btrim(c.program)) as by_name, true as by_contract
    from contracts.contract c
    join programs.program p on lower(btrim(c.program)) in (p.key, lower(p.name))
    left join bundle b on b.contract_id = c.id
    where c.account_id = any($1)
    union all
    select c.account_id, c.id, l.program, l.starts_on,
        nullif(case when r.goes_on then r.until else least(r.until, coalesce(l.ends_on, c.ends_on)) end, 'infinity'),
        p.id, p.tier, lower(p.name) = lower(btrim(l.program)), false
    from contracts.contract_line l
    join run r on r.id = l.id
    join contracts.contract c on c.id = l.contract_id
    join programs.program p on lower(btrim(l.program)) in (p.key, lower(p.name))
    where c.account_id = any($1)
)
select distinct on (n.account_id, n.contract_id) n.account_id, n.contract_id, n.sold_as, n.starts_on, n.ends_on, n.program_id
from named n
order by n.account_id, n.contract_id, n.by_contract desc, n.tier desc, n.starts_on desc, n.by_name desc
$$;

update programs.enrolment e set ends_on = s.ends_on
from programs.sold_of(array(select distinct account_id from programs.enrolment where contract_id is not null)) s
where s.contract_id = e.contract_id and s.account_id = e.account_id and e.bought_version_id is not null
  and e.ends_on is distinct from s.ends_on and (s.ends_on is null or s.ends_on > e.starts_on);
