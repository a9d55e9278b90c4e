-- A saved view is a named URL state of the accounts table.
create table accounts.saved_view (
    id uuid primary key,
    name text not null check (length(name) between 1 and 80),
    query text not null check (length(query) <= 4000),
    owner_id uuid not null references identity.team_member,
    shared boolean not null default false,
    created_at timestamptz not null
);
create index saved_view_owner on accounts.saved_view (owner_id);
