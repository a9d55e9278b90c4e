-- How the customer's messages sound: what the model read in each, and what people said of it, which counts.
create table cases.tone (
    message_id uuid primary key references cases.message on delete cascade,
    case_id uuid not null references cases.support_case on delete cascade,
    at timestamptz not null, -- when it was said
    model text not null, -- version of the weights that read it
    score real not null,
    upset real not null,
    said boolean not null, -- upset, by the model
    sentence text not null, -- the one that says most
    words text[] not null default '{}',
    corrected boolean, -- upset, by a person; null while nobody said anything
    corrected_by text,
    corrected_at timestamptz
);
create index tone_case on cases.tone (case_id);
create index tone_upset on cases.tone (at) where coalesce(corrected, said);
create index tone_corrected on cases.tone (corrected_at) where corrected is not null;

-- How far messages that were there before were read by a version of the model; new ones are read as they arrive.
create table cases.tone_reading (
    model text primary key,
    upto uuid, -- identity of the last message read, in order of identities
    finished_at timestamptz
);

create index clock_breached on cases.clock (breached_at) where breached_at is not null;
