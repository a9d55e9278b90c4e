-- What a signal puts at stake is the revenue beside it times what the score of its account lacks. Kept with the signal, it
-- made every new score write every signal that stands, two indexes and the tally. Now a bound is kept, in whole points and
-- with some room, which scores leave rarely: nobody puts more at stake than revenue times bound, so the dearest are found
-- among those with the highest.
create function health.lacks(score double precision, band text) returns smallint
    language sql
    immutable
    parallel safe
    return cast(case when band in ('UNKNOWN', 'LEFT') then 50 else 100 - round(score) end as smallint);

alter table health.score add column lacks_at_most smallint not null default 100;
update health.score set lacks_at_most = least(100, health.lacks(score, band)
    + case when band in ('UNKNOWN', 'LEFT') then 0 else 10 end);

drop index health.signal_dearest;
drop index health.signal_dearest_of_cause;
alter table health.signal drop column at_stake;
alter table health.signal add column lacks_at_most smallint not null default 100;

truncate health.signal_tally;
alter table health.signal_tally rename column staked to paying;
alter table health.signal_tally rename column at_stake to money;

create or replace function health.tally(rows bigint) returns void
    language sql as $$
    with taken as (
        delete from health.signal_tally where ctid in (
            select ctid from health.signal_tally limit rows for update skip locked)
        returning *)
    insert into health.signal_tally
    select cause, currency, sum(signals), sum(paying), sum(money) from taken group by 1, 2
    having sum(signals) <> 0 or sum(paying) <> 0 or sum(money) <> 0
$$;

create or replace function health.tally_signals() returns trigger
    language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into health.signal_tally
        select cause, coalesce(currency, ''), -count(*), -count(money), -coalesce(sum(money), 0)
        from old_rows where state in ('open', 'acknowledged') group by 1, 2;
    end if;
    if tg_op <> 'DELETE' then
        insert into health.signal_tally
        select cause, coalesce(currency, ''), count(*), count(money), coalesce(sum(money), 0)
        from new_rows where state in ('open', 'acknowledged') group by 1, 2;
    end if;
    if (select count(*) from health.signal_tally) > 600 then
        perform health.tally(600);
    end if;
    return null;
end $$;

insert into health.signal_tally
select cause, coalesce(currency, ''), count(*), count(money), coalesce(sum(money), 0)
from health.signal where state in ('open', 'acknowledged') group by 1, 2;

update health.signal s set lacks_at_most = h.lacks_at_most
from health.score h where h.account_id = s.account_id and s.state in ('open', 'acknowledged', 'snoozed');

create index signal_by_stake on health.signal (coalesce(currency, ''), (greatest(money, 0) * lacks_at_most) desc,
        (case urgency when 'now' then 1 when 'this_week' then 2 else 3 end), opened_at, id)
    where state in ('open', 'acknowledged');
create index signal_of_cause_by_stake on health.signal (cause, coalesce(currency, ''),
        (greatest(money, 0) * lacks_at_most) desc,
        (case urgency when 'now' then 1 when 'this_week' then 2 else 3 end), opened_at, id)
    where state in ('open', 'acknowledged');
