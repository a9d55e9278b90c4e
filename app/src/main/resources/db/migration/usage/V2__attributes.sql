-- What the company's own columns say about a fact; null where they say nothing, which is nearly everywhere.
alter table usage.daily add column attributes jsonb;
