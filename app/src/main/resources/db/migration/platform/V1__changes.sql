-- Who changed what, when: one row per command, one row per thing it touched.
create table platform.change (
    id uuid primary key,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('PERSON', 'KEY', 'SYSTEM')),
    actor_id uuid,
    actor_name text not null,
    kind text not null,
    summary text not null,
    undone_by uuid references platform.change,
    undoes uuid references platform.change
);
create index change_at on platform.change (at desc, id desc);

create table platform.change_row (
    change_id uuid not null references platform.change on delete cascade,
    -- rises within a change; gaps mean nothing
    n bigint generated always as identity,
    thing_type text not null,
    thing_id text not null,
    account_id uuid,
    before jsonb,
    after jsonb,
    primary key (change_id, n)
);
create index change_row_thing on platform.change_row (thing_type, thing_id);
create index change_row_account on platform.change_row (account_id) where account_id is not null;
