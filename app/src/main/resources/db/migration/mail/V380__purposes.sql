-- What letters serve: whoever did not ask for one may say no to its kind, and letters that answer somebody never wait behind
-- many that nobody waits for.
alter table mail.letter
    add column serves text not null default 'transactional'
        check (serves in ('transactional', 'service', 'survey', 'campaign', 'playbook')),
    add column held_until timestamptz; -- its reader wants it then, or it was written for then

drop index mail.letter_due;
create index letter_due on mail.letter ((serves <> 'transactional'), next_try_at, id) where state in ('waiting', 'sending');

-- What one mailbox got unasked, for the cap.
create index letter_unasked on mail.letter (lower(to_address), settled_at)
    where state = 'accepted' and serves <> 'transactional';

-- Readers who called a letter of ours unwanted, as their mail provider told us.
create table mail.complaint (
    address text primary key, -- lower case
    letter_id uuid references mail.letter on delete set null,
    said text not null,
    since timestamptz not null
);
