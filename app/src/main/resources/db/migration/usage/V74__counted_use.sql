-- Use counted from events stands in usage.daily beside what files say, under source_ref 'source:<number>'.

-- True while every fact of the account's day was counted from events: then more of them are added instead of reading the
-- whole day again.
alter table usage.account_day add column counted boolean not null default false;

-- When somebody looked at a feature that events brought by themselves; null: still to be looked at.
alter table usage.feature add column reviewed_at timestamptz;
update usage.feature set reviewed_at = created_at;

-- When a login used the product: one bit for each five minutes of the UTC day. Sessions are runs of bits.
create table usage.user_day (
    account_id uuid not null,
    day date not null,
    user_id bigint not null,
    events bigint not null,
    again boolean not null default false, -- counted before, so that who adds learns who is new on the day
    slots bit(288) not null,
    primary key (account_id, day, user_id)
) partition by range (day);

-- Months are added by the writer; what arrives while a month cannot be added waits here.
create table usage.user_day_other partition of usage.user_day default;

-- The day on which an account first used a feature, as counted from events.
create table usage.first_use (
    account_id uuid not null,
    feature_id int not null,
    day date not null,
    primary key (account_id, feature_id)
);
