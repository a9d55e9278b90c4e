-- Where every running term stands on a day: what the report on delivery reads, so that it does not judge all terms each time.
-- It is kept with every change of a pot or an enrolment, and judged anew when another day begins.
create table programs.standing_day (
    only_one boolean primary key default true check (only_one),
    day date not null,
    upto uuid, -- accounts judged for that day so far, in the order of their identities
    done boolean not null default false
);

create table programs.standing (
    pot_id uuid primary key references programs.pot on delete cascade,
    account_id uuid not null,
    program_id uuid not null,
    unit text not null,
    title text not null,
    currency text,
    priced boolean not null, -- the version says what one is worth
    granted numeric not null,
    used numeric not null,
    state smallint not null, -- 0 beyond, 1 heading beyond, 2 under, 3 as expected
    distance double precision, -- from an even pace, as a share of the grant; null where nothing was granted
    given numeric,
    owed numeric
);
create index standing_furthest on programs.standing (state, distance desc nulls first, pot_id);
create index standing_of_unit on programs.standing (program_id, unit, state, distance desc nulls first, pot_id);
create index standing_account on programs.standing (account_id);

-- Sums of it, of which a new row is added rather than an old one changed: draws of different accounts never wait for each other.
create table programs.standing_sum (
    program_id uuid not null,
    unit text not null,
    title text not null,
    currency text,
    terms bigint not null,
    priced bigint not null,
    granted numeric not null,
    used numeric not null,
    beyond bigint not null,
    ahead bigint not null,
    under bigint not null,
    expected bigint not null,
    given numeric not null,
    owed numeric not null
);

-- The one place that says what the states mean.
create function programs.judged(today date) returns table (
    pot_id uuid, account_id uuid, program_id uuid, unit text, title text, currency text, priced boolean,
    granted numeric, used numeric, state smallint, distance double precision, given numeric, owed numeric)
    language sql stable as $$
    select p.id, p.account_id, v.program_id, p.unit, p.title, u.currency, u.worth is not null,
           p.granted, t.used, s.state,
           (abs(t.used * t.whole - p.granted * t.days) / nullif(p.granted * t.whole, 0))::double precision,
           case when s.state = 0 then round((t.used - p.granted) * u.worth) end,
           case when s.state = 2 then round((p.granted * t.days - t.used * t.whole) * u.worth / t.whole) end
    from programs.pot p
    join programs.enrolment e on e.id = p.enrolment_id
    join programs.version v on v.id = e.version_id
    left join programs.version_unit u on u.version_id = v.id and u.unit = p.unit
    cross join lateral (
        select p.reserved + p.consumed as used, today - p.starts_on + 1 as days, p.ends_on - p.starts_on as whole) t
    -- By days passed and days of the term rather than by their quotient, which would be rounded.
    cross join lateral (
        select (case when t.used > p.granted then 0
                     when t.days >= 14 and t.used * t.whole > p.granted * t.days then 1
                     when 4 * t.days >= t.whole and 2 * t.used * t.whole < p.granted * t.days then 2
                     else 3 end)::smallint as state) s
    where p.starts_on <= today and p.ends_on > today and (p.granted <> 0 or p.reserved + p.consumed <> 0)
$$;

-- Judges these terms anew. Nothing is kept before a first day was said.
create function programs.keep_standing(pots uuid[]) returns void
    language plpgsql as $$
declare
    today date;
begin
    if cardinality(pots) = 0 then
        return;
    end if;
    -- Another day begins only when no change is under way that was judged by the day before.
    perform pg_advisory_xact_lock_shared(hashtext('perennial standing'));
    select day into today from programs.standing_day;
    if today is null then
        return;
    end if;
    delete from programs.standing s
    where s.pot_id = any(pots)
      and not exists (select from programs.judged(today) j where j.pot_id = s.pot_id and j.pot_id = any(pots));
    insert into programs.standing as s
    select j.* from programs.judged(today) j where j.pot_id = any(pots)
    on conflict (pot_id) do update set program_id = excluded.program_id, title = excluded.title, currency = excluded.currency,
        priced = excluded.priced, granted = excluded.granted, used = excluded.used, state = excluded.state,
        distance = excluded.distance, given = excluded.given, owed = excluded.owed
    where (s.*) is distinct from (excluded.*);
end $$;

create function programs.pots_changed() returns trigger
    language plpgsql as $$
begin
    perform programs.keep_standing(array(select id from fresh));
    return null;
end $$;
create trigger standing_new after insert on programs.pot
    referencing new table as fresh for each statement execute function programs.pots_changed();
create trigger standing_changed after update on programs.pot
    referencing new table as fresh for each statement execute function programs.pots_changed();

-- Another version has other prices, and may be of another program.
create function programs.versions_changed() returns trigger
    language plpgsql as $$
begin
    perform programs.keep_standing(array(
        select p.id from stale s join fresh f on f.id = s.id join programs.pot p on p.enrolment_id = f.id
        where s.version_id is distinct from f.version_id));
    return null;
end $$;
create trigger standing_priced after update on programs.enrolment
    referencing old table as stale new table as fresh for each statement execute function programs.versions_changed();

create function programs.sum_standing() returns trigger
    language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into programs.standing_sum
        select program_id, unit, title, currency, -count(*), -count(*) filter (where priced), -sum(granted), -sum(used),
               -count(*) filter (where state = 0), -count(*) filter (where state = 1),
               -count(*) filter (where state = 2), -count(*) filter (where state = 3),
               -coalesce(sum(given), 0), -coalesce(sum(owed), 0)
        from stale group by program_id, unit, title, currency;
    end if;
    if tg_op <> 'DELETE' then
        insert into programs.standing_sum
        select program_id, unit, title, currency, count(*), count(*) filter (where priced), sum(granted), sum(used),
               count(*) filter (where state = 0), count(*) filter (where state = 1),
               count(*) filter (where state = 2), count(*) filter (where state = 3),
               coalesce(sum(given), 0), coalesce(sum(owed), 0)
        from fresh group by program_id, unit, title, currency;
    end if;
    return null;
end $$;
create trigger sum_new after insert on programs.standing
    referencing new table as fresh for each statement execute function programs.sum_standing();
create trigger sum_changed after update on programs.standing
    referencing old table as stale new table as fresh for each statement execute function programs.sum_standing();
create trigger sum_gone after delete on programs.standing
    referencing old table as stale for each statement execute function programs.sum_standing();
