-- Roles as they are compared: lower case, blanks as underscores. Kept with the contact, because every recompute of
-- health asks for the decision makers of all accounts.
create function accounts.role_words(roles text[])
    returns text[]
    language sql
    immutable
    parallel safe
    return string_to_array(lower(replace(array_to_string(roles, '|'), ' ', '_')), '|');

alter table accounts.contact
    add column role_words text[] not null generated always as (accounts.role_words(roles)) stored;
