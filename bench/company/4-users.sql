-- step: 18 features
insert into usage.feature (name, product_area, level, first_used_on, created_at)
select ('{plan board,task list,search,comments,calendar,attachments,reports,mobile,notifications,templates,export,import,automation,api,forecasts,what-if,audit,scripting}'::text[])[n],
    case when n <= 9 then 'Plan' when n <= 14 then 'Track' else 'Insight' end, case when n <= 10 then 'basic' else 'advanced' end, date ':today' - 900 + n * 20, now()
from generate_series(1, 18) n;

-- step: logins of the customers' people
-- Of the seats sold a share is really used; large customers' logins are capped, their users rotate.
create temp table logins as
select d.*, (sum(users) over (order by r))::bigint - users as before,
    (seats ^ 0.55 * activity) as weight
from (
    select d.*, greatest(1, round(least(seats, case segment when 'Enterprise' then 320 when 'Mid-market' then 70 else 40 end) * (0.3 + 0.7 * pg_temp.dice(r, 120) ^ 0.6)))::bigint as users,
        (4 + floor(15 * pg_temp.dice(r, 121)))::bigint as features
    from drawn d) d;
create unique index on logins (r);
insert into usage.product_user (id, account_id, external_id, first_seen_on) overriding system value
select before + k, id, 'u-' || k || '@' || lower(stem) || '-' || r || '.example', greatest(since, date ':today' - 400)
from logins, generate_series(1, users) k;
select setval('usage.product_user_id_seq', (select max(id) from usage.product_user));
analyze logins;
