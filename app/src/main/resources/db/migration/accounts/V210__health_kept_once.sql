-- How an account stands is kept once, here, where lists read it: the whole points that people see and, in columns that no
-- list shows, the score to the last digit and what it was weighed by. Health writes them; a new model writes no other row.
alter table accounts.overview
    add column exact_score double precision,
    add column exact_coverage double precision, -- share of the weight about which something is known
    add column model_version uuid,
    add column basis bigint,
    add column lacks_at_most smallint, -- points that the score lacks at most, see health.lacks
    add column scored_at timestamptz;
comment on column accounts.overview.basis is
    'What stored readings rest on beside the facts of their account (upper half), and the means the score was compared with (lower half)';

-- Whoever says in which transaction a row changes needs no trigger to say it again: for wide rows that cost as much as
-- writing them.
drop trigger changed_in on accounts.overview;
create trigger changed_in before insert on accounts.overview
    for each row execute function accounts.say_changed_in();
create trigger changed_again before update on accounts.overview
    for each row when (new.changed_in is not distinct from old.changed_in) execute function accounts.say_changed_in();
