-- Exit surveys by letter. Only the hash of the secret in the link is kept; asking again makes the earlier link worthless.
create table cancellations.survey (
    id uuid primary key,
    account_id uuid not null references accounts.account,
    cancellation_id uuid not null, -- contracts.cancellation
    contact_id uuid not null, -- accounts.contact; contacts may be erased
    token_hash text unique,
    language text not null,
    letter_id uuid,
    sent_by text not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz,
    category text,
    come_back text check (come_back in ('yes', 'maybe', 'no')),
    words text,
    changes int not null default 0
);
create unique index survey_open on cancellations.survey (cancellation_id) where token_hash is not null;
create index survey_account on cancellations.survey (account_id, sent_at desc);
create index survey_cancellation on cancellations.survey (cancellation_id, sent_at desc);

-- Exit interviews: what was asked and told, kept as typed, half-finished ones too.
create table cancellations.interview (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    cancellation_id uuid,
    contact_id uuid, -- accounts.contact
    member_id uuid references identity.team_member,
    held_on date not null,
    reason text, -- a category
    what_changed text,
    expected_value text,
    fit_and_use text,
    service_experience text,
    alternatives text,
    would_have_kept text,
    would_return text,
    finished boolean not null default false,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index interview_account on cancellations.interview (account_id, held_on desc);
create index interview_cancellation on cancellations.interview (cancellation_id) where cancellation_id is not null;
