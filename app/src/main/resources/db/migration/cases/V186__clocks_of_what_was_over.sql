-- Cases that were over when they came in: their clocks are counted once, the latest first, when nobody waits for anything else.
-- A list beside the cases, because to mark a case means a new entry in each of its many indexes.
create table cases.uncounted (
    opened_at timestamptz not null,
    case_id uuid not null,
    primary key (opened_at, case_id)
);
insert into cases.uncounted
select opened_at, id from cases.support_case where clocked_at is null and state in ('resolved', 'closed');
drop index cases.support_case_uncounted;

create function cases.list_uncounted() returns trigger
    language plpgsql as $$
begin
    insert into cases.uncounted
    select opened_at, id from fresh where state in ('resolved', 'closed') and clocked_at is null;
    return null;
end $$;
create trigger list_uncounted after insert on cases.support_case
    referencing new table as fresh for each statement execute function cases.list_uncounted();
