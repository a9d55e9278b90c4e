-- How often a look at everybody was asked for: one that was asked for during a look is not over with it.
alter table playbooks.looked add column asked bigint not null default 0;
