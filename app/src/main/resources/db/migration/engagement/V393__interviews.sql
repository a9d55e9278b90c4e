-- The questions that matter, as text in versions: what was asked stays readable after the next version.
create table engagement.questionnaire_version (
    name text not null,
    version int not null,
    body text not null,
    reason text not null,
    published_by text not null,
    published_at timestamptz not null,
    primary key (name, version)
);
create table engagement.interview (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    contact_id uuid,
    member_id uuid references identity.team_member,
    held_on date not null,
    questionnaire text not null,
    questionnaire_version int,
    summary text,
    sentiment text,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index interview_account on engagement.interview (account_id, held_on desc);
create index interview_recent on engagement.interview (held_on desc, id desc);
create table engagement.interview_answer (
    id uuid primary key,
    external_id text not null unique,
    interview_id uuid not null references engagement.interview on delete cascade,
    account_id uuid not null references accounts.account,
    question text not null, -- key: stays the same from version to version
    body text,
    score int check (score between 1 and 5),
    sentiment text,
    task_id uuid, -- what follows from it
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index interview_answer_interview on engagement.interview_answer (interview_id);
create index interview_answer_question on engagement.interview_answer (question, interview_id);
create index interview_answer_account on engagement.interview_answer (account_id);
