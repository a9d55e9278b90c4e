-- Letters that came in, each once.
create table mail.incoming (
    id uuid primary key,
    -- Message-ID, sender, date and subject: the same letter by two ways is one letter, and nobody can hide a letter behind
    -- the Message-ID of another.
    identity text not null unique,
    came_by text not null, -- imap, smtp
    mailbox text,
    uid_validity bigint,
    uid bigint,
    marked boolean not null default true, -- on the mail server, as read; false while that is still to be done
    message_id text not null,
    refs text[] not null,
    from_address text not null,
    from_name text,
    to_addresses text[] not null,
    cc_addresses text[] not null,
    subject text not null,
    body text not null,
    quoted text not null,
    html text,
    kind text not null,
    bounced_address text,
    sender_verified boolean not null,
    received_at timestamptz not null,
    taken_by text, -- who took it; null while nobody has
    reason text -- why nobody did
);
create unique index incoming_uid on mail.incoming (mailbox, uid_validity, uid) where uid is not null;
create index incoming_unread on mail.incoming (received_at desc, id desc) where taken_by is null;
create index incoming_recent on mail.incoming (received_at desc, id desc);
create index incoming_from on mail.incoming (from_address, received_at);
create index incoming_unmarked on mail.incoming (mailbox, uid_validity) where not marked;

create table mail.incoming_file (
    incoming_id uuid not null references mail.incoming on delete cascade,
    position int not null,
    file_id uuid references platform.file,
    name text not null,
    type text not null,
    bytes bigint not null,
    inline boolean not null,
    content_id text,
    refused text, -- why it was not taken
    primary key (incoming_id, position)
);
create index incoming_file_file on mail.incoming_file (file_id);

-- How far each mailbox has been read.
create table mail.mailbox (
    name text primary key,
    uid_validity bigint not null,
    last_uid bigint not null
);
