-- Key actions are timed to the second where events tell when somebody used something; files tell days.
alter table usage.key_action add column expected_seconds bigint
    check (expected_seconds between 0 and 3650 * 86400::bigint); -- what we promise; null: what is usual decides
update usage.key_action set expected_seconds = expected_days * 86400::bigint;
alter table usage.key_action
    drop column expected_days, drop column q05, drop column q50, drop column q80, drop column q95, drop column finished,
    -- Who has been away for longer has left: nine of ten who came back after a break did so sooner.
    add column away_days int;

-- What is usual in a segment, renewed with the runs. The segment '' is everybody.
create table usage.key_action_usual (
    action_id uuid not null references usage.key_action on delete cascade,
    segment text not null,
    runs int not null,
    finished int not null,
    fitted boolean not null, -- a log-normal curve drawn to everybody's: too few have finished for a curve of their own
    q05 bigint, -- seconds within which so many finish; null where so many never do, or nothing is known
    q50 bigint,
    q80 bigint,
    q95 bigint,
    primary key (action_id, segment)
);

-- How long those who came back had been away, learned with the runs.
create table usage.key_action_return (
    action_id uuid not null references usage.key_action on delete cascade,
    days int not null,
    returns bigint not null,
    primary key (action_id, days)
);

-- When on a day a login used a feature that a key action begins or ends with: first and last second of the UTC day, as
-- events tell. Kept from the definition of the key action on; a replay of events brings earlier ones.
create table usage.key_moment (
    account_id uuid not null,
    feature_id int not null,
    user_id bigint not null,
    day date not null,
    first_second int not null,
    last_second int not null,
    primary key (account_id, feature_id, user_id, day)
);

-- Renewed once a day: nothing is lost.
drop table usage.key_action_run;
create table usage.key_action_run (
    action_id uuid not null references usage.key_action on delete cascade,
    account_id uuid not null,
    user_id bigint not null, -- 0: an account whose facts name nobody
    segment text not null,
    started_on date not null,
    started_second int, -- of that day; null where only the day is known
    finished_on date,
    finished_second int,
    known_until date not null, -- last day of which anything is known of the account
    seconds bigint not null, -- from start to finish, or to the end of the last day known; whole days where only those are
    last_step_on date not null, -- last use of the starting feature
    last_used_on date, -- last use of anything
    followed boolean not null, -- used the finishing feature again within a week
    state text not null default 'running'
        check (state in ('running', 'slow', 'stuck', 'abandoned', 'done', 'quick')),
    chance real, -- that an open one is finished within 14 days more
    primary key (action_id, account_id, user_id)
);
create index key_action_run_account on usage.key_action_run (account_id);
create index key_action_run_state on usage.key_action_run (action_id, state, started_on);
