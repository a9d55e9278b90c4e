-- Conversations by mail.
alter table cases.message
    add column letter_id uuid, -- of ours, in mail.letter: what became of it is asked there
    add column trouble text, -- why it did not arrive
    add column incoming_id uuid unique, -- of theirs, in mail.incoming
    add column sender text, -- the address it came from
    add column sender_verified boolean, -- whether our mail server vouched for that address; null when it did not come by mail
    add column stranger boolean not null default false; -- nobody known at the customer has that address
create index message_letter on cases.message (letter_id) where letter_id is not null;

-- Which letters belong to a case, theirs and ours, by their Message-ID: what an answer refers to.
create table cases.thread (
    message_id text primary key,
    n bigint generated always as identity,
    case_id uuid not null references cases.support_case on delete cascade,
    ours boolean not null
);
create index thread_case on cases.thread (case_id, n);

-- Files of messages, theirs and ours.
create table cases.message_file (
    message_id uuid not null references cases.message on delete cascade,
    position int not null,
    file_id uuid references platform.file, -- null when it was not taken
    name text not null,
    type text not null,
    bytes bigint not null,
    refused text, -- why it was not taken
    primary key (message_id, position)
);
create index message_file_file on cases.message_file (file_id) where file_id is not null;

-- Files of answers that are still being written, by the identity of the form: sending it again stores nothing twice.
create table cases.upload (
    draft text not null,
    file_id uuid not null references platform.file on delete cascade,
    case_id uuid not null references cases.support_case on delete cascade,
    member_id uuid not null,
    at timestamptz not null,
    primary key (draft, file_id)
);
create index upload_file on cases.upload (file_id);
create index upload_at on cases.upload (at);

-- What the person who has the case must know and cannot see from its state: a letter that did not arrive, for instance.
alter table cases.support_case add column attention text;

-- How satisfied the customer was. The token is kept as its hash: who reads the database cannot answer for a customer.
create table cases.satisfaction (
    case_id uuid primary key references cases.support_case on delete cascade,
    contact_id uuid not null,
    due_at timestamptz not null, -- after the pause
    asked_at timestamptz,
    token_hash text unique,
    score int check (score between 1 and 5),
    words text, -- what could be better
    answered_at timestamptz,
    changes int not null default 0
);
create index satisfaction_due on cases.satisfaction (due_at) where asked_at is null;
create index support_case_unhappy on cases.support_case (resolved_at desc, id)
    where satisfaction <= 0.4 * coalesce(satisfaction_scale, 5);
