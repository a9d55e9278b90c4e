-- Letters of colleagues to customers that were copied to us, as far as they belong to somebody or wait to be assigned.
create table engagement.captured (
    letter_id uuid primary key, -- mail.incoming
    message_id text not null,
    thread text not null, -- the oldest letter that is known of the thread
    member_id uuid references identity.team_member, -- the colleague who wrote it; nothing when the customer did
    from_address text not null,
    subject text not null,
    body text not null,
    answered boolean not null, -- the customer wrote before it, in the same thread
    at timestamptz not null
);
create index captured_message on engagement.captured (message_id);
create index captured_thread on engagement.captured (thread);
create table engagement.captured_address (
    letter_id uuid not null references engagement.captured on delete cascade,
    address text not null, -- lower case
    state text not null check (state in ('waiting', 'filed', 'left')),
    primary key (letter_id, address)
);
create index captured_waiting on engagement.captured_address (address) where state = 'waiting';
-- Addresses whose letters are nobody's business: *@gmail.com, lawyer@example.com.
create table engagement.private_address (
    pattern text primary key,
    added_by text not null,
    added_at timestamptz not null
);
create index touchpoint_thread on engagement.touchpoint ((attributes->>'thread')) where attributes->>'thread' is not null;
