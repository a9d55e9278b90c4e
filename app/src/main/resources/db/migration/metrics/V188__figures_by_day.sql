-- Figures of service by the day that they belong to, so that a year is 365 rows and not half a million cases. Each is what the
-- figure's own statement says of that day; a spread keeps every value, so percentiles over any days are exact.
create table metrics.day_figure (
    spec text not null, -- which figure, and a print of what it counts: another definition is another figure
    day date not null,
    base bigint not null, -- cases or clocks of that day, counted or not
    n bigint not null,
    hits bigint not null,
    left_out bigint[] not null,
    spread bytea, -- values as doubles, eight bytes each
    primary key (spec, day)
);
alter table metrics.day_figure alter column spread set storage external; -- noise, which compresses badly

-- Which days are kept: all from one to another. A day between them without a row has nothing of its base.
create table metrics.day_span (
    base text primary key, -- cases by their opening, by their solution, or clocks by when they were kept or broken
    starts_on date not null,
    ends_on date not null, -- the first that is not kept
    specs text not null -- a print of what is counted: with other definitions everything is counted again
);

-- Days of which something changed since. Rows are only added here and taken away once the day was counted again; a reader counts
-- such a day from its cases.
create table metrics.day_changed (
    base text not null,
    day date not null
);
create index day_changed_base on metrics.day_changed (base, day);

create function metrics.utc_day(at timestamptz) returns date
    language sql immutable return (at at time zone 'UTC')::date;

create function metrics.cases_changed() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into metrics.day_changed
        select 'OPENED', metrics.utc_day(opened_at) from fresh
        union select 'RESOLVED', metrics.utc_day(resolved_at) from fresh where resolved_at is not null
        union select d.base, d.day from fresh f join cases.support_case c on c.id = f.repeats
            cross join lateral (values ('OPENED', metrics.utc_day(c.opened_at)), ('RESOLVED', metrics.utc_day(c.resolved_at)))
                as d (base, day) where d.day is not null;
    elsif tg_op = 'DELETE' then
        insert into metrics.day_changed
        select 'OPENED', metrics.utc_day(opened_at) from stale
        union select 'RESOLVED', metrics.utc_day(resolved_at) from stale where resolved_at is not null
        union select d.base, d.day from stale s join cases.support_case c on c.id = s.repeats
            cross join lateral (values ('OPENED', metrics.utc_day(c.opened_at)), ('RESOLVED', metrics.utc_day(c.resolved_at)))
                as d (base, day) where d.day is not null;
    else
        -- Most changes of cases are none to their figures, such as what is due next.
        insert into metrics.day_changed
        with other as (
            select s.id, s.opened_at as opened_before, s.resolved_at as resolved_before, s.repeats as repeated_before,
                   f.opened_at, f.resolved_at, f.repeats, s.merged_into is distinct from f.merged_into as merged
            from stale s join fresh f on f.id = s.id
            where (s.opened_at, s.first_response_at, s.first_response_minutes, s.resolved_at, s.reopened, s.reassignments,
                   s.takeovers, s.escalated, s.waits, s.promise_kept, s.satisfaction, s.satisfaction_scale, s.cause,
                   s.merged_into, s.repeats)
               is distinct from
                  (f.opened_at, f.first_response_at, f.first_response_minutes, f.resolved_at, f.reopened, f.reassignments,
                   f.takeovers, f.escalated, f.waits, f.promise_kept, f.satisfaction, f.satisfaction_scale, f.cause,
                   f.merged_into, f.repeats)
        )
        select d.base, d.day from other o
            cross join lateral (values ('OPENED', metrics.utc_day(opened_before)), ('OPENED', metrics.utc_day(opened_at)),
                ('RESOLVED', metrics.utc_day(resolved_before)), ('RESOLVED', metrics.utc_day(resolved_at))) as d (base, day)
            where d.day is not null
        union select d.base, d.day from other o join cases.support_case c on c.id in (o.repeated_before, o.repeats)
            cross join lateral (values ('OPENED', metrics.utc_day(c.opened_at)), ('RESOLVED', metrics.utc_day(c.resolved_at)))
                as d (base, day)
            where d.day is not null
        union select 'PROMISED', metrics.utc_day(coalesce(k.breached_at, k.finished_at, k.due_at))
            from other o join cases.clock k on k.case_id = o.id
            where o.merged and coalesce(k.breached_at, k.finished_at, k.due_at) is not null;
    end if;
    return null;
end $$;
create trigger figures_new after insert on cases.support_case
    referencing new table as fresh for each statement execute function metrics.cases_changed();
create trigger figures_changed after update on cases.support_case
    referencing old table as stale new table as fresh for each statement execute function metrics.cases_changed();
create trigger figures_gone after delete on cases.support_case
    referencing old table as stale for each statement execute function metrics.cases_changed();

-- What customers said, of which first contact is told.
create function metrics.messages_changed() returns trigger
    language plpgsql as $$
declare
    touched uuid[];
begin
    if tg_op = 'INSERT' then
        touched := array(select distinct case_id from fresh where kind = 'customer');
    elsif tg_op = 'DELETE' then
        touched := array(select distinct case_id from stale where kind = 'customer');
    else
        touched := array(
            select distinct t.case_id from stale s join fresh f on f.id = s.id
            cross join lateral (values (s.case_id), (f.case_id)) as t (case_id)
            where (s.kind = 'customer' or f.kind = 'customer') and (s.case_id, s.kind, s.at) is distinct from (f.case_id, f.kind, f.at));
    end if;
    if cardinality(touched) > 0 then
        insert into metrics.day_changed
        select distinct d.base, d.day from cases.support_case c
        cross join lateral (values ('OPENED', metrics.utc_day(c.opened_at)), ('RESOLVED', metrics.utc_day(c.resolved_at)))
            as d (base, day)
        where c.id = any(touched) and d.day is not null;
    end if;
    return null;
end $$;
create trigger figures_new after insert on cases.message
    referencing new table as fresh for each statement execute function metrics.messages_changed();
create trigger figures_changed after update on cases.message
    referencing old table as stale new table as fresh for each statement execute function metrics.messages_changed();
create trigger figures_gone after delete on cases.message
    referencing old table as stale for each statement execute function metrics.messages_changed();

create function metrics.clocks_changed() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into metrics.day_changed
        select distinct 'PROMISED', metrics.utc_day(coalesce(breached_at, finished_at, due_at)) from fresh
        where coalesce(breached_at, finished_at, due_at) is not null;
    elsif tg_op = 'DELETE' then
        insert into metrics.day_changed
        select distinct 'PROMISED', metrics.utc_day(coalesce(breached_at, finished_at, due_at)) from stale
        where coalesce(breached_at, finished_at, due_at) is not null;
    else
        insert into metrics.day_changed
        select distinct 'PROMISED', d.day from stale s
        full join fresh f on (f.case_id, f.kind, f.round) = (s.case_id, s.kind, s.round)
        cross join lateral (values (metrics.utc_day(coalesce(s.breached_at, s.finished_at, s.due_at))),
            (metrics.utc_day(coalesce(f.breached_at, f.finished_at, f.due_at)))) as d (day)
        where d.day is not null
          and (s.breached_at, s.finished_at, s.due_at, s.used_seconds) is distinct from
              (f.breached_at, f.finished_at, f.due_at, f.used_seconds);
    end if;
    return null;
end $$;
create trigger figures_new after insert on cases.clock
    referencing new table as fresh for each statement execute function metrics.clocks_changed();
create trigger figures_changed after update on cases.clock
    referencing old table as stale new table as fresh for each statement execute function metrics.clocks_changed();
create trigger figures_gone after delete on cases.clock
    referencing old table as stale for each statement execute function metrics.clocks_changed();
