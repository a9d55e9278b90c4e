-- Groups of colleagues: who answers what, and by what figures of service are cut.
create table identity.team (
    id uuid primary key,
    external_id text not null unique,
    name text not null,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
alter table identity.team_member add column team_id uuid references identity.team;
create index team_member_team on identity.team_member (team_id) where team_id is not null;
