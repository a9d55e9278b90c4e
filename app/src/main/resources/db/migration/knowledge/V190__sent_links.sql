-- Links to articles as they stood in letters, each for one reader. The link is kept as its hash, as whoever has it may vote.
create table knowledge.sent_link (
    id uuid primary key,
    token_hash text not null unique,
    article_id uuid not null references knowledge.article on delete cascade,
    language text not null,
    contact_id uuid,
    about uuid, -- the case that it was to answer
    sent_at timestamptz not null,
    opened_at timestamptz, -- first by a person, as far as one can tell
    last_opened_at timestamptz,
    openings int not null default 0,
    visit_id uuid references knowledge.self_service_session on delete set null
);
create index sent_link_article on knowledge.sent_link (article_id);
create index sent_link_about on knowledge.sent_link (about) where visit_id is not null;
create index sent_link_contact on knowledge.sent_link (contact_id) where visit_id is not null;
