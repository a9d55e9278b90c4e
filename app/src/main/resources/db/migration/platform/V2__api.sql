-- Answers kept for clients that ask the same thing twice, written in the transaction of the effect.
create table platform.idempotent_answer (
    caller text not null,
    method text not null,
    path text not null,
    key text not null,
    body_hash bytea not null,
    status int not null,
    answer bytea not null,
    answered_at timestamptz not null,
    primary key (caller, method, path, key)
);
create index idempotent_answer_at on platform.idempotent_answer (answered_at);

-- Secrets made at first use, such as the one that signs page cursors.
create table platform.signing_key (
    name text primary key,
    secret bytea not null
);
