create table console.visit (
    member_id uuid primary key references identity.team_member on delete cascade,
    seen_at timestamptz not null
);
