-- Weeks keep the band beside the score, in one number: -1 not enough data, -2 left, else score + 128 * (1 at risk, 2 watch,
-- 3 healthy). Older weeks are the score alone; the history job writes them anew.
comment on column health.score.weekly is
    'Ends of weeks, oldest first, the last is now: -1 not enough data, -2 left, else score + 128 * (1 at risk, 2 watch, 3 healthy)';
