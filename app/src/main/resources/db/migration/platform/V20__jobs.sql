-- Owned by db-scheduler: which job is due, who runs it, is it still alive.
create table platform.scheduled_tasks (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on platform.scheduled_tasks (execution_time);
create index scheduled_tasks_alive on platform.scheduled_tasks (last_heartbeat);

-- Long work as people see it. What is left to do is known from the checkpoint alone.
create table platform.job (
    id uuid primary key,
    kind text not null,
    title text not null,
    parameters jsonb not null,
    state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    stage text not null default '',
    done bigint not null default 0,
    total bigint not null default 0,
    checkpoint jsonb,
    result text,
    error text,
    -- counts the starts; a run that was thought dead and is not may no longer write
    attempt int not null default 0,
    cancel_requested boolean not null default false,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    heartbeat timestamptz,
    finished_at timestamptz
);
create index job_recent on platform.job (created_at desc, id);
create index job_unfinished on platform.job (created_at) where state in ('queued', 'running');
