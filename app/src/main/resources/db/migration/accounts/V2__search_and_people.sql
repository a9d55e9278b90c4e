-- People are found by a part of their name or address, and by what they are at the customer.
create index contact_name_search on accounts.contact using gin (name gin_trgm_ops);
create index contact_email_search on accounts.contact using gin (email gin_trgm_ops);
create index account_name_search on accounts.account using gin (name gin_trgm_ops);
create index changed_marked on accounts.changed (marked_at);
