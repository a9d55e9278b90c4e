-- Scores move to the rows of lists (accounts, V210). What they rest on stays: readings, segment, and the weeks before the
-- present one. A new model rewrote two wide rows of every account, and now one.
update accounts.overview o set
    exact_score = s.score, exact_coverage = s.coverage, model_version = s.model_version, basis = s.basis,
    lacks_at_most = s.lacks_at_most, scored_at = s.as_of, band = s.band, reason = s.reason,
    score = case when s.band not in ('UNKNOWN', 'LEFT') then round(s.score) end,
    coverage = round(100 * s.coverage), spark = s.weekly[14:26], changed_in = pg_current_xact_id()
from health.score s where s.account_id = o.account_id;

update health.score set weekly = weekly[1:25] where cardinality(weekly) > 25;

comment on column health.score.weekly is
    'Ends of weeks before the present one, oldest first: -1 not enough data, -2 left, else score + 128 * (1 at risk, 2 watch, 3 healthy)';
