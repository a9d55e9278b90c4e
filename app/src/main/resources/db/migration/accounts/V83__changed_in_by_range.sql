-- Every write of a row changes changed_in. In a tree that made each of them write all eight indexes of the row; ranges of
-- pages with their highest number do not stand in the way of a row's next version beside the former one (PostgreSQL 16).
drop index accounts.overview_changed_in;
create index overview_changed_in on accounts.overview using brin ((changed_in::text::bigint))
    with (pages_per_range = 16, autosummarize = on);
