-- What customers should get done with the product: from the first use of one feature to the next use of another.
create table usage.key_action (
    id uuid primary key,
    name text not null check (length(name) between 1 and 120),
    start_feature int not null references usage.feature,
    finish_feature int not null references usage.feature,
    expected_days int check (expected_days between 0 and 3650), -- what we promise; null: what is usual decides
    created_at timestamptz not null,
    retired_at timestamptz,
    -- What is usual, renewed with the runs: days within which so many finish; null while that is not known.
    q05 int,
    q50 int,
    q80 int,
    q95 int,
    finished int not null default 0,
    check (start_feature <> finish_feature)
);

-- Each login that started one; user 0 is an account whose facts name nobody. Renewed once a day from the facts of days.
create table usage.key_action_run (
    action_id uuid not null references usage.key_action on delete cascade,
    account_id uuid not null,
    user_id bigint not null,
    started_on date not null,
    finished_on date,
    active boolean not null, -- used anything in the last 28 days
    followed boolean not null, -- used the finishing feature again within a week
    state text not null default 'running'
        check (state in ('running', 'slow', 'stuck', 'abandoned', 'done', 'quick')),
    primary key (action_id, account_id, user_id)
);
create index key_action_run_account on usage.key_action_run (account_id);
create index key_action_run_state on usage.key_action_run (action_id, state, started_on);
