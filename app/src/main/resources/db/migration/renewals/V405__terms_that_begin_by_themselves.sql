-- The lines of each term that is due some day: as they run, and once more for each term that began by itself. "runs" is false for what was
-- given up while the rest of its term ran on. An account that became part of another has none; its lines are the other's.
create function renewals.due_lines(accounts uuid[], today date)
    returns table (
        account_id uuid, unit uuid, contract_id uuid, currency text, due_on date, line_id uuid, product text, annual numeric,
        starts_on date, runs boolean, by_itself boolean)
    language sql stable strict parallel safe rows 20000 as $$
with line as materialized (
    select r.*, coalesce(r.contract_id, r.line_id) as unit from contracts.lines($1) r
)
select l.account_id, l.unit, l.contract_id, l.currency, l.agreed_on, l.line_id, l.product,
    case when l.moves then contracts.price_on(
            l.annual, l.escalator, l.uplift, l.discount, l.discount_ends_on, l.starts_on, l.ends_on, l.exact, l.months,
            greatest(l.agreed_on, l.runs_until), l.agreed_on - 1)
        else l.annual end,
    l.starts_on,
    l.ends_on = max(l.ends_on) over (partition by l.account_id, l.unit, l.currency, l.agreed_on), false
from line l
where l.agreed_on is not null
union all
select l.account_id, l.unit, l.contract_id, l.currency, t.until_day, l.line_id, l.product,
    case when l.moves then contracts.price_on(
            l.annual, l.escalator, l.uplift, l.discount, l.discount_ends_on, l.starts_on, l.ends_on, l.exact, l.months,
            l.runs_until, t.until_day - 1)
        else l.annual end,
    t.from_day, true, true
from line l
cross join lateral contracts.terms_of(
    row(l.line_id, l.account_id, l.contract_id, l.product, l.currency, l.annual, l.starts_on, l.ends_on, l.runs_until, l.exact,
        l.months, l.cancelled, l.escalator, l.uplift, l.discount, l.discount_ends_on, l.moves)::contracts.going_on, $2) t
where l.runs_until > l.ends_on and l.ends_on <= $2
$$;

-- Who becomes part of another brings its terms along.
create function renewals.merger_touched() returns trigger
    language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into renewals.changed values (old.account_id), (old.into_id);
    end if;
    if tg_op <> 'DELETE' then
        insert into renewals.changed values (new.account_id), (new.into_id);
    end if;
    return null;
end $$;
create trigger renewals_merged after insert or update or delete on contracts.account_merger
    for each row execute function renewals.merger_touched();

insert into renewals.changed
select account_id from contracts.contract_line where auto_renew or escalator <> 0 or discount_ends_on is not null
union select l.account_id from contracts.contract_line l join contracts.contract c on c.id = l.contract_id where c.auto_renew
union select account_id from contracts.cancellation
union select account_id from contracts.account_merger
union select into_id from contracts.account_merger;
