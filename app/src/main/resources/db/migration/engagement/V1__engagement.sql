create table engagement.touchpoint (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contact_id uuid, -- accounts.contact; contacts may be erased, what was said stays
    at timestamptz not null,
    kind text not null,
    direction text,
    two_way boolean,
    -- a conversation is what both sides took part in; automated sends and notes are none
    conversation boolean not null generated always as (
        coalesce(two_way, kind in ('call', 'meeting') or coalesce(direction, '') = 'both')) stored,
    subject text,
    body text,
    sentiment text,
    member_id uuid references identity.team_member,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index touchpoint_account on engagement.touchpoint (account_id, at desc);
create index touchpoint_conversation on engagement.touchpoint (account_id, at desc) where conversation;
create index touchpoint_contact on engagement.touchpoint (contact_id) where contact_id is not null;

-- What staff owe a customer. Open ones have no done_at.
create table engagement.task (
    id uuid primary key,
    account_id uuid not null references accounts.account,
    title text not null,
    note text,
    kind text not null default 'task',
    due_on date,
    owner_id uuid references identity.team_member,
    snoozed_until date,
    snooze_reason text,
    signal_id uuid, -- health's signal that asked for it
    done_at timestamptz,
    outcome text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index task_open_account on engagement.task (account_id, due_on) where done_at is null;
create index task_open_owner on engagement.task (owner_id, due_on) where done_at is null;
create index task_account on engagement.task (account_id);
create index task_signal on engagement.task (signal_id) where signal_id is not null;
-- Where the records of conversations begin: silence is counted from there for customers nobody ever spoke with.
create index touchpoint_first_conversation on engagement.touchpoint (at) where conversation;
