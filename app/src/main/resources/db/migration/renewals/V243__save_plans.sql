-- What is done for a renewal at risk before the customer gives notice. Its steps are tasks like any other.
create table renewals.save_plan (
    id uuid primary key,
    renewal_id uuid not null references renewals.renewal on delete cascade,
    reason text not null check (reason in ('cost', 'value', 'budget', 'bad_fit', 'competitor', 'product_maturity',
        'poor_service', 'out_of_business', 'other')),
    goal text not null,
    opened_on date not null,
    opened_by text not null,
    result text check (result in ('saved', 'partly', 'lost')), -- null while it runs
    note text,
    closed_on date,
    closed_by text,
    check ((result is null) = (closed_on is null))
);
create index save_plan_renewal on renewals.save_plan (renewal_id);
create index save_plan_closed on renewals.save_plan (closed_on) where closed_on is not null;

create table renewals.save_step (
    plan_id uuid not null references renewals.save_plan on delete cascade,
    task_id uuid not null, -- engagement.task
    primary key (plan_id, task_id)
);
