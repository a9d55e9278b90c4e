-- Beginnings of names and addresses are what people type first: two letters are too few for trigrams.
create index overview_name_start on accounts.overview (lower(name) text_pattern_ops);
create index overview_external_id on accounts.overview (external_id);
create index contact_name_start on accounts.contact (lower(name) text_pattern_ops);
create index contact_email_start on accounts.contact (lower(email) text_pattern_ops);
drop index accounts.contact_email; -- the one before answers the same questions

-- Names that are spelled much like what was typed, for fingers that slipped. The limit belongs to this search alone.
create function accounts.alike(wanted text)
    returns table (account_id uuid, alike real)
    language sql
    stable
    set pg_trgm.word_similarity_threshold = 0.5
    as $$
    select o.account_id, word_similarity(wanted, o.name) from accounts.overview o where wanted <% o.name
    $$;
