-- What was odd about rows that came in nevertheless: counted by kind, with the first of them.
create table platform.import_remark (
    import_id uuid not null references platform.import on delete cascade,
    code text not null,
    column_name text not null,
    reason text not null,
    row_count bigint not null,
    first_line bigint not null,
    first_value text not null,
    primary key (import_id, code, column_name)
);

-- Rows behind the first one of a record that is made of several, and rows that the mapping leaves out.
alter table platform.import add column gathered_rows bigint not null default 0;
alter table platform.import add column left_out_rows bigint not null default 0;
