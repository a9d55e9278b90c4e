-- Letters about what is due. Letters leave by themselves only after a leader said so, and only for terms whose notice falls due
-- from that day on: switching it on writes to nobody about the past.
create table renewals.rule (
    only_one boolean primary key default true check (only_one),
    notices boolean not null,
    reminders boolean not null,
    since date not null,
    set_by text not null,
    set_at timestamptz not null
);

-- The company's own words; where there are none, those that ship.
create table renewals.template (
    step text not null check (step in ('notice', 'reminder')),
    language text not null check (language ~ '^[a-z]{2}$'),
    subject text not null,
    body text not null,
    set_by text not null,
    set_at timestamptz not null,
    primary key (step, language)
);

-- One letter for each renewal, step and person, ever. Without a letter of mail: why there is none.
create table renewals.letter (
    renewal_id uuid not null references renewals.renewal on delete cascade,
    step text not null check (step in ('notice', 'reminder1', 'reminder2')),
    contact_id uuid not null, -- accounts.contact; contacts may be erased, that they were told stays
    letter_id uuid, -- mail.letter
    obstacle text,
    name text not null,
    address text not null,
    subject text not null,
    proposed numeric not null, -- what the letter said it would cost
    sent_on date not null,
    sent_by text not null,
    primary key (renewal_id, step, contact_id),
    check ((letter_id is null) <> (obstacle is null))
);

-- What came back from people.
create table renewals.answer (
    letter_id uuid primary key, -- the letter that came in
    renewal_id uuid not null references renewals.renewal on delete cascade,
    contact_id uuid,
    name text not null,
    text text not null,
    at timestamptz not null
);
create index answer_renewal on renewals.answer (renewal_id, at desc);

-- People on whom a renewal depends who seem to be gone: once for each person and renewal, with the task to find who follows.
create table renewals.departure (
    renewal_id uuid not null references renewals.renewal on delete cascade,
    contact_id uuid not null,
    why text not null check (why in ('bounce', 'reply', 'left', 'title', 'silence')),
    evidence text not null,
    noticed_on date not null,
    task_id uuid, -- engagement.task
    settled_on date, -- confirmed again since
    primary key (renewal_id, contact_id)
);
