-- What staff and customers can look up. An article has one text per language, each text has versions.
create table knowledge.article (
    id uuid primary key,
    audience text not null check (audience in ('internal', 'customers')),
    language text not null, -- the one it was first written in
    owner_id uuid references identity.team_member,
    review_on date,
    product text,
    feature text,
    tags text[] not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index article_updated on knowledge.article (updated_at desc, id);
create index article_review on knowledge.article (review_on) where review_on is not null;
create index article_owner on knowledge.article (owner_id) where owner_id is not null;

-- The newest draft is the one being written; one version is what readers see; older ones stay for comparison.
create table knowledge.article_version (
    id uuid primary key,
    article_id uuid not null references knowledge.article on delete cascade,
    language text not null,
    number int not null,
    title text not null check (length(title) <= 300),
    body text not null check (length(body) <= 200000),
    state text not null check (state in ('draft', 'published', 'retired')),
    author_id uuid,
    author text not null,
    edits int not null default 1, -- how often this version was saved; part of what an editor must have seen
    saved_at timestamptz not null,
    published_at timestamptz,
    retired_at timestamptz,
    unique (article_id, language, number)
);
create unique index article_version_published on knowledge.article_version (article_id, language)
    where state = 'published';

-- What can be found: one row per published text, written with the publication. Folded: lower case without accents.
create table knowledge.search_text (
    article_id uuid not null references knowledge.article on delete cascade,
    language text not null,
    audience text not null,
    title text not null,
    body text not null, -- plain
    title_folded text not null,
    title_words tsvector not null,
    words tsvector not null,
    vocabulary text[] not null, -- distinct folded words, to take them out of knowledge.word again
    merit real not null default 0.5, -- smoothed share of readers who found it useful
    published_at timestamptz not null,
    primary key (article_id, language)
);
create index search_text_words on knowledge.search_text using gin (words) with (fastupdate = off);
create index search_text_title on knowledge.search_text using gin (title_folded gin_trgm_ops);

-- Words of published articles and in how many they stand: what a typing error may have meant, and which words of a long
-- text say something.
create table knowledge.word (
    language text not null,
    audience text not null,
    word text collate "C" not null,
    articles int not null,
    primary key (language, audience, word)
);
create index word_alike on knowledge.word using gin (word gin_trgm_ops);

-- The words for this search alone that are spelled much like another; the limit stays in here.
create function knowledge.alike(wanted text, in_language text, in_audiences text[])
    returns table (word text, articles bigint)
    language sql
    stable
    set pg_trgm.similarity_threshold = 0.25
    as $$
    select w.word, sum(w.articles) from knowledge.word w
    where w.word % wanted and w.language = in_language and w.audience = any (in_audiences) and w.articles > 0
    group by w.word order by similarity(w.word, wanted) desc limit 60
    $$;

create function knowledge.titles_alike(wanted text, in_language text, in_audiences text[])
    returns table (article_id uuid)
    language sql
    stable
    set pg_trgm.word_similarity_threshold = 0.5
    as $$
    select s.article_id from knowledge.search_text s
    where wanted <% s.title_folded and s.language = in_language and s.audience = any (in_audiences)
    order by word_similarity(wanted, s.title_folded) desc limit 20
    $$;

-- Words that mean the same, kept by staff; each searches for all.
create table knowledge.synonym (
    id uuid primary key,
    language text not null,
    words text[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);

-- What people looked for. No person: who kind, the words, what came of it.
create table knowledge.search (
    id uuid primary key,
    at timestamptz not null,
    wanted text not null, -- as typed
    meant text not null, -- its stems in order of the alphabet: wordings of one thing
    language text not null,
    who text not null check (who in ('staff', 'customer')),
    results int not null,
    opened_article uuid,
    opened_at timestamptz
);
create index search_at on knowledge.search (at);
create index search_without on knowledge.search (at) where opened_article is null;

create table knowledge.vote (
    article_id uuid not null references knowledge.article on delete cascade,
    reader_id uuid not null, -- team member or contact
    reader text not null check (reader in ('staff', 'customer')),
    language text not null,
    useful boolean not null,
    comment text check (length(comment) <= 2000),
    at timestamptz not null,
    primary key (article_id, reader_id)
);

-- Visits of customers to self-service, for deflection. Empty until customers have a place to visit.
create table knowledge.self_service_session (
    id uuid primary key,
    started_at timestamptz not null,
    intended_at timestamptz, -- when they began to ask for help with a case
    case_opened_at timestamptz
);
create index self_service_intent on knowledge.self_service_session (intended_at) where intended_at is not null;

-- Share of readers who found it useful, as if four had voted half and half before: one vote decides little.
create function knowledge.merit(of_article uuid) returns real
    language sql
    stable
    as $$
    select ((count(*) filter (where v.useful) + 2) / (count(*) + 4.0))::real
    from knowledge.vote v where v.article_id = of_article
    $$;

create index article_version_draft on knowledge.article_version (article_id, language, number) where state = 'draft';
create index article_version_retired on knowledge.article_version (article_id) where state = 'retired';
create index article_tags on knowledge.article using gin (tags);
