-- What another help desk said of a case and what only it can know.
alter table cases.support_case
    add column reassignments int check (reassignments >= 0), -- how often it was given to somebody else
    add column promise_kept boolean; -- whether that desk says that its promise was kept

-- Figures of a period look at cases by the day they were solved or were open on.
create index support_case_resolved on cases.support_case (resolved_at) where resolved_at is not null;
create index support_case_ended
    on cases.support_case ((coalesce(resolved_at, closed_at, 'infinity'::timestamptz)), opened_at);
create index message_customer on cases.message (case_id, at) where kind = 'customer';
create index clock_judged on cases.clock ((coalesce(breached_at, finished_at, due_at)));

-- Solved cases that were brought have clocks too; they are counted once.
create index support_case_uncounted on cases.support_case (opened_at desc)
    where clocked_at is null and state in ('resolved', 'closed');

-- What happened to a case can be brought like any record.
alter table cases.event
    add column id uuid not null default gen_random_uuid() unique,
    add column external_id text not null default gen_random_uuid()::text unique,
    add column attributes jsonb not null default '{}',
    add column created_at timestamptz not null default now(),
    add column updated_at timestamptz not null default now(),
    add column version int not null default 1;
