-- Sources of events that say nothing any more. From then on use is not known, which is not the same as none.
create table usage.silence (
    id int generated always as identity primary key,
    source_ref text not null, -- as in usage.daily
    source_name text not null,
    since timestamptz not null, -- of its last event
    known_until date not null, -- the last day whose use is known
    told_at timestamptz, -- null while it may be a usual pause, such as a weekend
    heard_at timestamptz, -- null while it lasts
    closed boolean not null default false -- on purpose: who is heard of by other ways is known again
);
create unique index silence_of on usage.silence (source_ref) where heard_at is null;

-- The accounts whose use came from there in the weeks before.
create table usage.unheard (
    account_id uuid not null,
    silence_id int not null references usage.silence on delete cascade,
    primary key (account_id, silence_id)
);
create index unheard_silence on usage.unheard (silence_id);
