-- What pages show of a picture: made anew from its points, so that nothing else of the file comes along. Without content when it
-- cannot be read; then it is only ever saved.
create table platform.picture (
    file_id uuid primary key references platform.file on delete cascade,
    type text,
    content bytea
);
alter table platform.picture alter column content set storage external;
