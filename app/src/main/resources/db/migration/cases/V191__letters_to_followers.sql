-- Letters tell followers what is new, gathered.
alter table cases.follower
    add column news_since timestamptz, -- of the first news that neither a look nor a letter has told
    add column told_at timestamptz not null default now(); -- up to when letters have told; from when they follow at first
create index follower_news on cases.follower (news_since) where news_since is not null;

create table cases.follower_mail (
    member_id uuid primary key references identity.team_member on delete cascade,
    wish text not null default 'soon' check (wish in ('soon', 'daily', 'never')),
    last_at timestamptz -- of their latest letter
);
