-- A file that somebody brought, what a look at it found, how it is mapped and what became of its rows.
create table platform.import (
    id uuid primary key,
    type text not null,
    file_name text not null,
    stored_as text not null,
    bytes bigint not null,
    sha256 text not null,
    encoding text, -- chosen by a person; null when found out
    delimiter text, -- likewise
    inspection jsonb not null,
    mapping jsonb not null,
    job_id uuid references platform.job,
    change_id uuid not null, -- of the audit, for undo as one change
    created_rows bigint not null default 0,
    changed_rows bigint not null default 0,
    unchanged_rows bigint not null default 0,
    problem_rows bigint not null default 0,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    created_at timestamptz not null
);
create index import_recent on platform.import (created_at desc, id);

create table platform.import_problem (
    import_id uuid not null references platform.import on delete cascade,
    row_number bigint not null,
    line bigint not null,
    column_name text not null,
    code text not null,
    reason text not null,
    value text not null,
    -- points to a record of the same type that may come further down in the file
    again boolean not null default false
);
create index import_problem_row on platform.import_problem (import_id, row_number);

-- How files with these columns were mapped the last time.
create table platform.import_mapping (
    type text not null,
    headers text not null, -- hash of the sorted column names
    mapping jsonb not null,
    used_at timestamptz not null,
    primary key (type, headers)
);
