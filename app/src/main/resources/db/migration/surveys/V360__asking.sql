-- What is asked, of whom and when.
create table surveys.survey (
    id uuid primary key,
    name text not null,
    kind text not null check (kind in ('nps', 'csat', 'ces', 'success', 'renewal')),
    texts jsonb not null, -- by language: subject, opening, question, followUp
    anonymous boolean not null,
    roles text[] not null, -- of contacts; empty for all
    filters text[] not null, -- conditions on accounts, as the accounts table writes them
    sample_percent int not null check (sample_percent between 1 and 100),
    schedule text not null check (schedule in ('once', 'repeat', 'after')),
    every_months int check (every_months between 1 and 60),
    occasion text,
    occasion_days int check (occasion_days between 0 and 365),
    open_days int not null check (open_days between 1 and 180),
    reminder_days int check (reminder_days between 1 and 60),
    follow_up_days int not null check (follow_up_days between 1 and 60),
    follow_up_owner uuid references identity.team_member, -- where the account has no owner
    heard_letter boolean not null, -- whether the unhappy get a letter that says who will call
    state text not null check (state in ('draft', 'running', 'closed')),
    portfolio_of uuid references identity.team_member, -- whose accounts; null for all
    began_on date, -- first day of asking
    closed_at timestamptz,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create unique index survey_name on surveys.survey (lower(name));

-- A walk through the audience, in order of identities; what it has passed is settled.
create table surveys.round (
    id uuid primary key,
    survey_id uuid not null references surveys.survey,
    cause text not null, -- once, or the day
    since date not null, -- occasions from this day on
    started_at timestamptz not null,
    upto uuid,
    finished_at timestamptz,
    asked int not null default 0,
    left_out int not null default 0,
    unique (survey_id, cause)
);
create index round_open on surveys.round (started_at) where finished_at is null;

-- One question to one person. Only the hash of the secret in the link is kept.
create table surveys.invitation (
    id uuid primary key,
    survey_id uuid not null references surveys.survey,
    cause text not null,
    account_id uuid not null references accounts.account,
    contact_id uuid not null, -- accounts.contact; contacts may be erased
    token_hash text not null unique,
    language text not null,
    segment text, -- of the account when it was asked
    role text, -- of the person when they were asked
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    letter_id uuid,
    remind_at timestamptz, -- null when no reminder is due any more
    reminder_id uuid,
    reminder_hash text unique, -- the reminder's own link, which leads to the same question
    answered_on date,
    response_id uuid, -- surveys.survey_response; never set where answers are anonymous
    changes int not null default 0,
    unique (survey_id, contact_id, cause)
);
create index invitation_contact on surveys.invitation (contact_id, asked_at desc);
create index invitation_account on surveys.invitation (account_id);
create index invitation_remind on surveys.invitation (remind_at) where remind_at is not null;
create unique index invitation_response on surveys.invitation (response_id) where response_id is not null;

-- What was said without a name: nothing leads back to the invitation, neither identity nor time.
create table surveys.anonymous_answer (
    id uuid primary key, -- random, not in order of time
    survey_id uuid not null references surveys.survey,
    segment text,
    role text,
    asked_month text not null,
    language text not null,
    score int not null,
    comment text,
    answered_on date not null
);
create index anonymous_answer_survey on surveys.anonymous_answer (survey_id, id);

-- Every question that any module put to a person: what over-survey protection reads.
create table surveys.asked (
    source text not null check (source in ('survey', 'case', 'exit')),
    reference uuid not null,
    name text not null,
    account_id uuid not null references accounts.account,
    contact_id uuid not null,
    address_hash text not null,
    asked_at timestamptz not null,
    primary key (source, reference)
);
create index asked_contact on surveys.asked (contact_id, asked_at desc);
create index asked_address on surveys.asked (address_hash, asked_at desc);

-- Who would have been asked and was not, with the reason that held last.
create table surveys.left_out (
    id uuid primary key,
    source text not null check (source in ('survey', 'case', 'exit')),
    reference uuid not null, -- the survey, or the case
    name text not null,
    account_id uuid not null references accounts.account,
    contact_id uuid not null,
    reason text not null,
    detail text,
    at timestamptz not null,
    unique (source, reference, contact_id)
);
create index left_out_latest on surveys.left_out (at desc, id desc);

-- Who wants no more questions.
create table surveys.unwilling (
    contact_id uuid primary key,
    address_hash text not null,
    since timestamptz not null,
    said text not null -- link, or the name of the colleague
);
create index unwilling_address on surveys.unwilling (address_hash);

create table surveys.asking_rule (
    only_one boolean primary key default true check (only_one),
    quiet_days int not null check (quiet_days between 0 and 365),
    after_case_days int not null check (after_case_days between 0 and 365),
    most_a_year int not null check (most_a_year between 1 and 365)
);

-- How comments sound: what the model read, and what people said of it, which counts.
create table surveys.tone (
    answer_id uuid primary key, -- survey_response or anonymous_answer
    model text not null,
    said text not null check (said in ('negative', 'neutral', 'positive')),
    score real not null,
    sentence text not null,
    words text[] not null default '{}',
    read_at timestamptz not null,
    corrected text check (corrected in ('negative', 'neutral', 'positive')),
    corrected_by text,
    corrected_at timestamptz
);
create table surveys.tone_reading (
    model text primary key,
    upto timestamptz not null
);
create index survey_response_comment on surveys.survey_response (updated_at) where comment is not null;

-- An unhappy answer and the task of whoever owes an answer. Whether it is done, engagement.task says.
create table surveys.follow_up (
    response_id uuid primary key,
    account_id uuid not null references accounts.account,
    task_id uuid not null,
    due_on date not null,
    made_at timestamptz not null
);
create index follow_up_due on surveys.follow_up (due_on desc, response_id);
create index follow_up_task on surveys.follow_up (task_id);

create table surveys.reply (
    id uuid primary key, -- that the form carries
    response_id uuid not null,
    letter_id uuid not null,
    text text not null,
    by_name text not null,
    at timestamptz not null
);
create index reply_response on surveys.reply (response_id, at);
