-- How many open cases there are of each kind, which every page of the queue shows: sums, of which a row is added with each change
-- rather than an old one changed, so that writers never wait for each other. They are folded in the background.
create table cases.open_sum (
    assignee_id uuid, -- whose they are; null where no member has them
    waiting boolean not null, -- for the customer
    free boolean not null, -- nobody has them, no member and nobody of another desk
    escalated boolean not null,
    cases bigint not null
);

create function cases.sum_open() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into cases.open_sum
        select assignee_id, state = 'waiting', assignee_id is null and assignee is null, escalated_why is not null, count(*)
        from fresh where state in ('open', 'waiting', 'on-hold') group by 1, 2, 3, 4;
    elsif tg_op = 'DELETE' then
        insert into cases.open_sum
        select assignee_id, state = 'waiting', assignee_id is null and assignee is null, escalated_why is not null, -count(*)
        from stale where state in ('open', 'waiting', 'on-hold') group by 1, 2, 3, 4;
    else
        -- Most changes move no case from one sum to another, such as what is due next.
        insert into cases.open_sum
        select assignee_id, state = 'waiting', assignee_id is null and assignee is null, escalated_why is not null, sum(one)
        from (select assignee_id, assignee, state, escalated_why, -1 as one from stale
              union all select assignee_id, assignee, state, escalated_why, 1 from fresh) moved
        where state in ('open', 'waiting', 'on-hold') group by 1, 2, 3, 4 having sum(one) <> 0;
    end if;
    return null;
end $$;
create trigger open_new after insert on cases.support_case
    referencing new table as fresh for each statement execute function cases.sum_open();
create trigger open_changed after update on cases.support_case
    referencing old table as stale new table as fresh for each statement execute function cases.sum_open();
create trigger open_gone after delete on cases.support_case
    referencing old table as stale for each statement execute function cases.sum_open();

insert into cases.open_sum
select assignee_id, state = 'waiting', assignee_id is null and assignee is null, escalated_why is not null, count(*)
from cases.support_case where state in ('open', 'waiting', 'on-hold') group by 1, 2, 3, 4;

-- Each list of the queue is read in its order from an index of its own: most open cases are none of theirs.
create index support_case_unassigned on cases.support_case ((coalesce(next_due_at, 'infinity'::timestamptz)), id)
    where state in ('open', 'on-hold') and assignee_id is null and assignee is null;
create index support_case_waiting on cases.support_case ((coalesce(next_due_at, 'infinity'::timestamptz)), id)
    where state = 'waiting';
create index support_case_escalated on cases.support_case ((coalesce(next_due_at, 'infinity'::timestamptz)), id)
    where escalated_why is not null and state in ('open', 'waiting', 'on-hold');

-- At risk is what comes first: little time is left, or none. Those that are overdue are found in the order of what is due, the others here.
create index support_case_at_risk on cases.support_case
    ((least(next_risk_at, next_due_at)), (coalesce(next_due_at, 'infinity'::timestamptz))) include (next_risk_at, next_due_at)
    where state in ('open', 'waiting', 'on-hold') and least(next_risk_at, next_due_at) is not null;

-- What is open of one's own customers.
create index support_case_open_account on cases.support_case (account_id) where state in ('open', 'waiting', 'on-hold');

-- Who was not satisfied is listed by number.
create index support_case_dissatisfied on cases.support_case (number, resolved_at)
    where satisfaction <= 0.4 * coalesce(satisfaction_scale, 5);
drop index cases.support_case_unhappy;

create index support_case_tags on cases.support_case using gin (regexp_split_to_array(lower(tags), '\s*,\s*'))
    where tags is not null;
