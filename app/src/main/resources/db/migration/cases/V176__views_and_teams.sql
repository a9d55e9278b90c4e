alter table cases.support_case
    add column team_id uuid references identity.team, -- whose work it is, also while nobody has it
    add column tags text, -- words that a help desk sticks to cases, separated by commas
    add column escalated_why text; -- said by whoever asked for help from above; null once it is answered
create index support_case_team on cases.support_case (team_id) where team_id is not null;

-- What a follower saw last; what came later is news.
alter table cases.follower add column seen_at timestamptz not null default now();

-- A queue of one's own, or of all: a name for a view with its filters.
create table cases.queue_view (
    id uuid primary key,
    name text not null check (length(name) between 1 and 60),
    query text not null check (length(query) <= 1000),
    owner_id uuid not null references identity.team_member on delete cascade,
    shared boolean not null default false,
    created_at timestamptz not null
);
create index queue_view_owner on cases.queue_view (owner_id);
