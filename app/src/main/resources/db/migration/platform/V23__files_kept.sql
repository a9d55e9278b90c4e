-- The file of a finished import is deleted after a while; what became of its rows stays.
alter table platform.import add column file_kept boolean not null default true;
create index import_file_kept on platform.import (created_at) where file_kept;
