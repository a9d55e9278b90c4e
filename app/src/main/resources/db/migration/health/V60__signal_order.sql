-- What a standing signal puts at stake is kept with it, so that the dearest are found without looking at all.
create function health.at_stake(arr numeric, score numeric, band text) returns numeric
    language sql
    immutable
    parallel safe
    return arr * (case when score is null or band = 'UNKNOWN' then 0.5 else 1 - score / 100 end);

alter table health.signal
    add column at_stake numeric;

update health.signal s set at_stake = health.at_stake(s.money, o.score, o.band)
from accounts.overview o where o.account_id = s.account_id;

create index signal_dearest on health.signal (coalesce(currency, ''), at_stake desc nulls last,
        (case urgency when 'now' then 1 when 'this_week' then 2 else 3 end), opened_at, id)
    where state in ('open', 'acknowledged');
create index signal_dearest_of_cause on health.signal (cause, coalesce(currency, ''), at_stake desc nulls last,
        (case urgency when 'now' then 1 when 'this_week' then 2 else 3 end), opened_at, id)
    where state in ('open', 'acknowledged');
create index signal_snoozed on health.signal (snoozed_until) where state = 'snoozed';

-- Open signals by cause and currency. Every statement adds what it changed as rows of its own, so that nobody waits for
-- anybody; the sums are the tally. Rows are drawn together when they have become many.
create table health.signal_tally (
    cause text not null,
    currency text not null, -- '' for none
    signals bigint not null,
    staked bigint not null, -- of these with an amount
    at_stake numeric not null
);

create function health.tally(rows bigint) returns void
    language sql as $$
    with taken as (
        delete from health.signal_tally where ctid in (
            select ctid from health.signal_tally limit rows for update skip locked)
        returning *)
    insert into health.signal_tally
    select cause, currency, sum(signals), sum(staked), sum(at_stake) from taken group by 1, 2
    having sum(signals) <> 0 or sum(staked) <> 0 or sum(at_stake) <> 0
$$;

create function health.tally_signals() returns trigger
    language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into health.signal_tally
        select cause, coalesce(currency, ''), -count(*), -count(at_stake), -coalesce(sum(at_stake), 0)
        from old_rows where state in ('open', 'acknowledged') group by 1, 2;
    end if;
    if tg_op <> 'DELETE' then
        insert into health.signal_tally
        select cause, coalesce(currency, ''), count(*), count(at_stake), coalesce(sum(at_stake), 0)
        from new_rows where state in ('open', 'acknowledged') group by 1, 2;
    end if;
    if (select count(*) from health.signal_tally) > 600 then
        perform health.tally(600);
    end if;
    return null;
end $$;

create trigger tally_new after insert on health.signal
    referencing new table as new_rows for each statement execute function health.tally_signals();
create trigger tally_changed after update on health.signal
    referencing old table as old_rows new table as new_rows for each statement execute function health.tally_signals();
create trigger tally_gone after delete on health.signal
    referencing old table as old_rows for each statement execute function health.tally_signals();

insert into health.signal_tally
select cause, coalesce(currency, ''), count(*), count(at_stake), coalesce(sum(at_stake), 0)
from health.signal where state in ('open', 'acknowledged') group by 1, 2;
