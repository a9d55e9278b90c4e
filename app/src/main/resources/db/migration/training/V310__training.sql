-- What customers learn.
create table training.course (
    id uuid primary key,
    external_id text not null unique,
    name text not null,
    description text,
    url text, -- where it is taken
    kind text not null default 'free' check (kind in ('free', 'entitled')),
    unit text, -- of the entitlement ledger, for an entitled one
    units numeric, -- drawn for each person; one when nobody says
    feature text, -- of the product, which it teaches
    minutes int,
    days int, -- to complete it in, from the assignment
    expires_months int, -- after that it has to be taken again
    badge text,
    retired_on date,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index course_name on training.course (lower(name));

-- Courses in an order.
create table training.path (
    id uuid primary key,
    name text not null,
    badge text
);
create unique index path_name on training.path (lower(name));

create table training.path_course (
    path_id uuid not null references training.path on delete cascade,
    position int not null,
    course_id uuid not null references training.course on delete cascade,
    primary key (path_id, position),
    unique (path_id, course_id)
);

-- Everybody of a role takes it; of a segment only, where one is named.
create table training.rule (
    id uuid primary key,
    course_id uuid not null references training.course on delete cascade,
    role text not null,
    segment text,
    made_by text not null,
    made_on date not null
);
create unique index rule_once on training.rule (course_id, lower(role), lower(coalesce(segment, '')));

-- Who should take what until when. Again only when what was completed has expired.
create table training.assignment (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    contact_id uuid not null,
    course_id uuid not null references training.course on delete cascade,
    assigned_on date not null,
    assigned_by text not null,
    rule_id uuid, -- null: by hand
    due_on date not null,
    completed_on date,
    removed_on date,
    reservation_id uuid, -- of the entitlement ledger
    waits text, -- why it waits for an approval, in the words of the ledger
    reminded_on date,
    letter_id uuid -- null although reminded: nobody to write to
);
create index assignment_account on training.assignment (account_id);
create index assignment_contact on training.assignment (contact_id, course_id);
create unique index assignment_open on training.assignment (contact_id, course_id)
    where completed_on is null and removed_on is null;
create index assignment_course on training.assignment (course_id, assigned_on desc);
create index assignment_due on training.assignment (due_on) where completed_on is null and removed_on is null;

create table training.completion (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account on delete cascade,
    contact_id uuid not null, -- accounts.contact
    course_id uuid not null references training.course,
    completed_on date not null,
    score numeric,
    expires_on date, -- when the course says nothing, or something else
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index completion_account on training.completion (account_id, completed_on desc);
create index completion_contact on training.completion (contact_id, course_id, completed_on desc);
create index completion_course on training.completion (course_id, completed_on desc);

-- What the ledger gave for a completion that nobody was assigned to.
create table training.draw (
    contact_id uuid not null,
    course_id uuid not null references training.course on delete cascade,
    completed_on date not null,
    reservation_id uuid,
    primary key (contact_id, course_id, completed_on)
);

-- Accounts whose completions or people changed.
create table training.waiting (
    account_id uuid primary key references accounts.account on delete cascade
);

-- Until when a completion counts; null for ever.
create view training.held as
select c.id, c.account_id, c.contact_id, c.course_id, c.completed_on,
    coalesce(c.expires_on, (c.completed_on + make_interval(months => k.expires_months))::date) as expires_on
from training.completion c join training.course k on k.id = c.course_id;
