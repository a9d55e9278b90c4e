-- One day of use: facts of user and feature, and from the very same rows what the product would have rolled up. A row stands for some twenty events,
-- so that 50 million rows are a billion events.
with use as (
    select id, r, before, users, features, floor(pg_temp.dice(r * 1000 + :ago, 130) * users)::bigint as turn,
        least(users * features, floor(weight * :scale * case extract(isodow from date ':day') when 6 then 0.35 when 7 then 0.3 else 1.28 end
            * case story
                when 'stopped' then case when :ago < story_ago then 0 else 1 end
                when 'falling' then case when :ago < story_ago then 0.45 else 1 end
                when 'growing' then 1.25 - 0.5 * :ago / :days
                when 'lost' then case when :ago < story_ago + 40 then 0.1 else 0.7 end
                else 1 end
            * exp(0.25 * pg_temp.bell(r * 1000 + :ago, 131)) + pg_temp.dice(r * 1000 + :ago, 132)))::bigint as n
    from logins where since <= date ':day'
), facts as materialized (
    select id as account_id, before + 1 + (turn + k) % users as user_id,
        1 + (floor(features * pg_temp.dice(before + (turn + k) % users, 133 + :ago % 5) ^ 2.2)::bigint + k / users) % features as feature_id,
        1 + floor(exp(2.5 + pg_temp.bell((before + k) * 1000 + :ago, 134)))::bigint as events
    from use, generate_series(0, n - 1) k
), stored as (
    insert into :partition (day, account_id, user_id, feature_id, events, seconds, errors)
    select date ':day', account_id, user_id, feature_id, events, events * (20 + feature_id * 3), case when events % 23 = 0 then 1 else 0 end from facts
)
insert into usage.account_day (account_id, day, events, active_users, seconds, errors, features)
select account_id, date ':day', sum(events), count(distinct user_id), sum(events * (20 + feature_id * 3)), count(*) filter (where events % 23 = 0),
    array_agg(distinct feature_id::int order by feature_id::int)
from facts group by account_id
