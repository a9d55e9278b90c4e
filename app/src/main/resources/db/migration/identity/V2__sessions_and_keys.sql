alter table identity.team_member
    add column password_changed_at timestamptz,
    add column last_signed_in_at timestamptz;

-- Sessions, in the shape that Spring Session reads and writes. Attributes are plain texts in UTF-8.
create table identity.session (
    primary_id text primary key,
    session_id text not null unique,
    creation_time bigint not null,
    last_access_time bigint not null,
    max_inactive_interval int not null,
    expiry_time bigint not null,
    principal_name text -- the team member's id
);
create index session_expiry on identity.session (expiry_time);
create index session_principal on identity.session (principal_name);

create table identity.session_attributes (
    session_primary_id text not null references identity.session on delete cascade,
    attribute_name text not null,
    attribute_bytes bytea not null,
    primary key (session_primary_id, attribute_name)
);

-- One-time links with which a member chooses a password: after an invitation or a reset. Only the hash is kept.
create table identity.password_link (
    token_hash bytea primary key,
    member_id uuid not null references identity.team_member on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index password_link_member on identity.password_link (member_id);

-- Keys of programs. The key itself is shown once and never stored.
create table identity.api_key (
    id uuid primary key,
    name text not null,
    prefix text not null, -- the first characters, to tell keys apart
    hash bytea not null unique, -- SHA-256
    scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'write', 'import']),
    created_by uuid references identity.team_member, -- null: from the command line
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);
