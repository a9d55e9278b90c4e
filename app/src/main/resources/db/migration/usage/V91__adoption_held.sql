-- Whether a silent source keeps the row at an earlier day than the others.
alter table usage.adoption add column held boolean not null default false;
