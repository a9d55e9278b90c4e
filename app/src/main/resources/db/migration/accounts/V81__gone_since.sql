-- Since when a row is gone, so that old marks can be cleared away.
alter table accounts.overview_gone
    add column gone_at timestamptz not null default now();
create index overview_gone_at on accounts.overview_gone (gone_at);
