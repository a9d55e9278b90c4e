-- A row that names a record which is not here waits for it while its file is kept.
alter table platform.import_problem
    add column waits_for text, -- the type of what is missing; null when the row waits for nothing
    add column arrived boolean not null default false;
create index import_problem_waiting on platform.import_problem (waits_for, value)
    where waits_for is not null and not arrived;
