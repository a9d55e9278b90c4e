-- Vendor staff. A member without password cannot sign in yet; imports bring members long before invitations do.
create table identity.team_member (
    id uuid primary key,
    external_id text not null unique,
    name text not null,
    email text not null,
    role text not null default 'CSM' check (role in ('ADMIN', 'LEADER', 'CSM', 'SUPPORT', 'READ_ONLY')),
    -- 'everything' or 'own': what the member sees
    portfolio text not null default 'everything' check (portfolio in ('everything', 'own')),
    password_hash text,
    active boolean not null default true,
    time_zone text not null default 'UTC',
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create unique index team_member_email on identity.team_member (lower(email));
