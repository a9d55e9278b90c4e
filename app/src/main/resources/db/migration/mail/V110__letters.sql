-- Letters of ours, from posting to proof.
create table mail.letter (
    id uuid primary key,
    key text not null unique,
    message_id text not null unique, -- with angle brackets; the same however often it is tried
    purpose text not null,
    to_address text not null,
    to_name text,
    subject text not null,
    body text not null,
    html text,
    headers text[] not null default '{}', -- Name: value
    automatic boolean not null,
    account_id uuid,
    contact_id uuid,
    state text not null default 'waiting'
        check (state in ('waiting', 'sending', 'accepted', 'bounced', 'failed', 'withheld')),
    attempts int not null default 0,
    next_try_at timestamptz not null,
    claimed_until timestamptz, -- while sending; later than this its sender is gone
    settled_at timestamptz, -- when the state became final
    words text, -- the server's reply, or the reason
    posted_by text not null,
    posted_at timestamptz not null
);
create index letter_due on mail.letter (next_try_at, id) where state in ('waiting', 'sending');
create index letter_recent on mail.letter (posted_at desc, id desc);
create index letter_settled on mail.letter (state, settled_at) where state not in ('waiting', 'sending');
create index letter_automatic on mail.letter (to_address, settled_at) where automatic and state = 'accepted';

create table mail.letter_file (
    letter_id uuid not null references mail.letter on delete cascade,
    position int not null,
    file_id uuid not null references platform.file,
    primary key (letter_id, position)
);

-- Every conversation about a letter with a server.
create table mail.attempt (
    letter_id uuid not null references mail.letter on delete cascade,
    number int not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text, -- accepted, later, refused; null when its process ended before it knew
    words text,
    primary key (letter_id, number)
);

-- Addresses that a server called dead.
create table mail.dead_address (
    address text primary key, -- lower case
    reason text not null,
    letter_id uuid references mail.letter on delete set null,
    since timestamptz not null
);

-- How the ways out and in are doing.
create table mail.way (
    name text primary key, -- smtp, imap, listener
    well_at timestamptz,
    trouble_since timestamptz,
    trouble text
);
