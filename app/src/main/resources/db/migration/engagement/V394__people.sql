-- How a person at the customer wishes to be reached.
create table engagement.contact_wish (
    contact_id uuid primary key,
    channel text not null default 'any' check (channel in ('any', 'mail', 'phone', 'meeting', 'none')),
    days text[] not null default '{}', -- mon ... sun; none: any day
    from_hour int check (from_hour between 0 and 23),
    to_hour int check (to_hour between 1 and 24),
    note text,
    changed_by text not null,
    changed_at timestamptz not null
);
-- Somebody who seems to be gone: noticed once until they are seen again.
create table engagement.departure (
    contact_id uuid not null,
    why text not null check (why in ('bounce', 'reply', 'left', 'title')),
    evidence text not null,
    noticed_at timestamptz not null,
    told_at timestamptz, -- when the task was made, here or by whoever depends on the person
    primary key (contact_id, noticed_at)
);
create index departure_untold on engagement.departure (noticed_at) where told_at is null;
-- Titles as they were when we last looked, of people who matter.
create table engagement.known_title (
    contact_id uuid primary key,
    title text not null
);
