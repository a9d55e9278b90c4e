-- What our people say about a feature, where that differs from what files and events say; null: as those say.
alter table usage.feature
    add column shown_as text check (length(shown_as) between 1 and 200),
    add column own_area text check (length(own_area) between 1 and 200),
    add column own_level text check (own_level in ('basic', 'advanced')),
    add column hidden boolean not null default false;

-- The features as pages show them, without '(any)'.
create view usage.catalogue as
select id, coalesce(shown_as, name) as name, name as said, coalesce(own_area, product_area) as product_area,
    coalesce(own_level, level) as level, hidden, first_used_on, created_at, reviewed_at
from usage.feature
where id <> 0;

-- How each account uses what it bought, in the 28 days up to a day: for lists over all accounts. Renewed once a day.
create table usage.adoption (
    account_id uuid primary key,
    until date not null,
    segment text not null, -- empty: none
    seats int, -- null when no contract says
    active_users int, -- null when nothing is known about users
    unused int, -- seats without an active user
    arr numeric(18, 2),
    currency text,
    unused_arr numeric(18, 2), -- share of the revenue that unused seats are
    stickiness smallint, -- per mille: logins on a mean day of those in 28 days; null without logins
    features int[] not null, -- used, ascending
    shares smallint[] not null, -- per mille of the active users who used the feature; -1: used, by how many is unknown
    renewed_at timestamptz not null
) with (fillfactor = 80);

-- What is usual in a segment, sealed with the rows above. The segment '' is everybody.
create table usage.peers (
    segment text not null,
    subject text not null, -- 'licences' and 'stickiness' per mille, 'breadth' in features, or the number of a feature
    accounts int not null,
    users int not null, -- accounts with more than nothing
    median int not null,
    primary key (segment, subject)
);

-- One row: the renewal that the two tables above come from.
create table usage.adoption_renewal (
    single boolean primary key default true check (single),
    until date not null,
    renewed_at timestamptz not null
);
