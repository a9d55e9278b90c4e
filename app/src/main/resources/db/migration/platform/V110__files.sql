-- Files that customers and colleagues sent, their content in pieces, so that a backup of the database is a backup of them.
create table platform.file (
    id uuid primary key,
    name text not null,
    type text not null, -- what the first bytes say, never what the sender said
    bytes bigint not null,
    sha256 text not null,
    stored_by text not null,
    stored_at timestamptz not null
);

create table platform.file_piece (
    file_id uuid not null references platform.file on delete cascade,
    number int not null, -- from 0, without gaps
    content bytea not null,
    primary key (file_id, number)
);
-- Most of it is compressed already; pieces are read whole.
alter table platform.file_piece alter column content set storage external;
