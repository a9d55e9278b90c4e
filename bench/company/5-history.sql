-- step: half a year of weekly scores
-- The one thing the product did not compute: its own history begins with its first day. Scores wander back from where
-- they stand; band, weeks and the change of 28 days follow from them.
create temp table walked as
select s.account_id, s.model_version, s.coverage, s.contributions, s.band as last_band, ago,
    greatest(3, least(98, s.score + sum(case when ago = 0 then 0 else 2.6 * pg_temp.bell(hashtextextended(s.account_id::text, ago), 140) end)
        over (partition by s.account_id order by ago))) as score
from (
    select distinct on (c.account_id) c.account_id, c.score, c.band, c.coverage, c.model_version, c.contributions
    from health.score_change c order by c.account_id, c.at desc) s, generate_series(0, 25) ago;
insert into health.score_change (account_id, at, score, band, coverage, model_version, contributions)
select account_id, date_trunc('week', timestamptz ':today 00:00Z') - make_interval(weeks => ago) - interval '1 hour', round(score::numeric, 2),
    case when last_band = 'UNKNOWN' then 'UNKNOWN' when score < 45 then 'AT_RISK' when score < 70 then 'WATCH' else 'HEALTHY' end,
    coverage, model_version, contributions
from walked where ago > 0 and hashtextextended(account_id::text, 1000 + ago) % 3 <> 0
on conflict do nothing;

-- step: the weeks kept beside the score
-- Read back from the changes as they now stand: the last one known at the end of each week.
update health.score s set weekly = w.weekly
from (
    select account_id, array_agg(coalesce(kept, -1)::smallint order by ago desc) as weekly
    from (
        select s.account_id, ago, case when ago = 0 then s.weekly[26] else (
            select case when c.band = 'UNKNOWN' then -1 else round(c.score) end from health.score_change c
            where c.account_id = s.account_id and c.at < date_trunc('week', timestamptz ':today 00:00Z') - make_interval(weeks => ago - 1)
            order by c.at desc limit 1) end as kept
        from health.score s, generate_series(0, 25) ago) k
    group by account_id) w
where w.account_id = s.account_id;

-- step: sparkline and change of 28 days in the wide row
update accounts.overview o set spark = s.weekly[14:26],
    score_before = (select case when c.band <> 'UNKNOWN' then c.score end from health.score_change c
        where c.account_id = o.account_id and c.at < (date ':today' - 27)::timestamp at time zone 'UTC' order by c.at desc limit 1)
from health.score s where s.account_id = o.account_id;
