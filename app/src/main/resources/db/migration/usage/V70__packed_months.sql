-- The use of one account in one month, packed into a row: health reads the use of every account, and one row a month
-- instead of one a day, a feature and a login is what it can afford. Always equal to a recompute from account_day and
-- daily, in the transaction of the facts. Numbers are big-endian, as PostgreSQL sends them.
create table usage.account_month (
    account_id uuid not null references accounts.account,
    month date not null, -- its first day
    used boolean not null, -- any event or active user
    days bytea not null, -- by day: day of the month int2, events int8, active users int4 or -1 for unknown
    features bytea not null, -- by feature but '(any)': id int4, int4 with a bit for each day, the first day lowest
    logins bytea not null, -- by login: id int8, int4 with a bit for each day
    primary key (account_id, month) include (used)
) with (fillfactor = 80);
alter table usage.account_month alter days set storage external, alter features set storage external,
    alter logins set storage external;

-- Packs these months of these accounts anew. first and last: days between which all of them lie.
create function usage.pack(accounts uuid[], months date[], first date, last date) returns void
    language sql
as $$
insert into usage.account_month as m (account_id, month, used, days, features, logins)
select t.account_id, t.month, d.used, d.days, coalesce(f.features, ''), coalesce(l.logins, '')
from (select distinct account_id, month from unnest(accounts, months) as u (account_id, month)) t
join lateral (
    select bool_or(a.events > 0 or a.active_users > 0) is true as used,
        string_agg(int2send(extract(day from a.day)::smallint) || int8send(a.events)
            || int4send(coalesce(a.active_users, -1)), ''::bytea order by a.day) as days
    from usage.account_day a
    where a.account_id = t.account_id and a.day >= t.month and a.day < (t.month + interval '1 month')::date
) d on d.days is not null
left join lateral (
    select string_agg(int4send(id) || int4send(mask), ''::bytea order by id) as features
    from (
        select f.id, bit_or(1 << (extract(day from a.day)::int - 1)) as mask
        from usage.account_day a, unnest(a.features) as f (id)
        where a.account_id = t.account_id and a.day >= t.month and a.day < (t.month + interval '1 month')::date
        group by f.id
    ) by_feature
) f on true
left join lateral (
    select string_agg(int8send(user_id) || int4send(mask), ''::bytea order by user_id) as logins
    from (
        select u.user_id, bit_or(1 << (extract(day from u.day)::int - 1)) as mask
        from usage.daily u
        where u.account_id = t.account_id and u.day >= t.month and u.day < (t.month + interval '1 month')::date
            and u.day between first and last and u.user_id <> 0
        group by u.user_id
    ) by_login
) l on true
on conflict (account_id, month) do update
set used = excluded.used, days = excluded.days, features = excluded.features, logins = excluded.logins
where (m.used, m.days, m.features, m.logins)
    is distinct from (excluded.used, excluded.days, excluded.features, excluded.logins)
$$;

-- Packs everything: after facts were brought in by other ways than the product's own writer.
create function usage.pack_everything() returns void
    language sql
as $$
select usage.pack(array_agg(account_id), array_agg(month), month, (month + interval '1 month')::date - 1)
from (select distinct account_id, date_trunc('month', day)::date as month from usage.account_day) packed
group by month
$$;

select usage.pack_everything();
