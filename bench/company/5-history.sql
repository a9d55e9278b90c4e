-- step: half a year of weekly scores
-- The one thing the product did not compute: its own history begins with its first day. Scores wander back from where
-- they stand; band, weeks and the change of 28 days follow from them.
create temp table walked as
select s.account_id, s.model_version, s.coverage, s.parts, s.band as last_band, ago,
    greatest(3, least(98, s.score + sum(case when ago = 0 then 0 else 2.6 * pg_temp.bell(hashtextextended(s.account_id::text, ago), 140) end)
        over (partition by s.account_id order by ago))) as score
from (
    select distinct on (c.account_id) c.account_id, c.score, c.band, c.coverage, c.model_version, c.parts
    from health.score_change c order by c.account_id, c.at desc) s, generate_series(0, 25) ago;
insert into health.score_change (account_id, at, score, band, coverage, model_version, parts)
select account_id, date_trunc('week', timestamptz ':today 00:00Z') - make_interval(weeks => ago) - interval '1 hour', round(score::numeric, 2),
    case when last_band = 'UNKNOWN' then 'UNKNOWN' when score < 45 then 'AT_RISK' when score < 70 then 'WATCH' else 'HEALTHY' end,
    coverage, model_version, parts
from walked where ago > 0 and hashtextextended(account_id::text, 1000 + ago) % 3 <> 0
on conflict do nothing;

-- step: the weeks kept beside the score, and the day 28 days ago in the wide row
-- Read from the changes as they now stand: each week has the last one known at its end.
create temp table ends as
select account_id, ago, first_value(score) over known as score, first_value(band) over known as band
from (
    select w.account_id, w.ago, c.score, c.band, count(c.score) over (partition by w.account_id order by w.ago desc) as known
    from walked w left join health.score_change c on c.account_id = w.account_id and w.ago > 0
        and c.at = date_trunc('week', timestamptz ':today 00:00Z') - make_interval(weeks => w.ago) - interval '1 hour') k
window known as (partition by account_id, known order by ago desc);
analyze ends;
update health.score s set weekly = w.weekly
from (
    select account_id, array_agg((case when score is null or band = 'UNKNOWN' then -1 when band = 'LEFT' then -2
            else round(score) + 128 * case band when 'AT_RISK' then 1 when 'WATCH' then 2 else 3 end end)::smallint order by ago desc) as weekly
    from ends where ago > 0 group by account_id) w
where w.account_id = s.account_id;
update accounts.overview o set spark = s.weekly[14:25] || o.spark[13], band_before = e.band, score_before = case when e.band <> 'UNKNOWN' then e.score end
from health.score s join ends e on e.account_id = s.account_id
    -- the last end of a week before the end of that day
    and e.ago = ceil(extract(epoch from date_trunc('week', timestamptz ':today 00:00Z') - interval '1 hour' - timestamptz ':today 00:00Z' + interval '27 days') / 604800)
where s.account_id = o.account_id;
