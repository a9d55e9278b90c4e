-- How often we want to hear from whom: rules in versions. What was published stays; the highest version is in force.
create table engagement.cadence_version (
    version int primary key,
    reason text not null,
    published_by text not null,
    published_at timestamptz not null
);
create table engagement.cadence_rule (
    version int not null references engagement.cadence_version on delete cascade,
    position int not null, -- the first rule that fits a customer decides
    name text not null,
    segment text, -- nothing: every segment
    arr_from numeric, -- a year, in the customer's own currency
    days int not null check (days between 1 and 730),
    kind text, -- nothing: any conversation
    who text not null default 'anybody' check (who in ('anybody', 'owner', 'csm', 'leader', 'support')),
    tasks boolean not null default false,
    primary key (version, position)
);

-- The version in force, when one was ever published.
create view engagement.cadence_now as
    select r.* from engagement.cadence_rule r
    where r.version = (select max(v.version) from engagement.cadence_version v);

-- One cause makes one task, ever, also when somebody took the task away again.
create table engagement.task_cause (
    cause text primary key,
    account_id uuid not null,
    task_id uuid not null,
    at timestamptz not null
);
create index task_cause_account on engagement.task_cause (account_id);
create index task_open_touch on engagement.task (account_id) where done_at is null and kind = 'touch';
