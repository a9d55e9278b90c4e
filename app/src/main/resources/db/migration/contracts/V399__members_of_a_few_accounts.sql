-- What an account bought is asked for one account by its page, for a few by live scoring and for all by the revenue pages. One plan cannot
-- serve them: planned for thousands, the page of one account read all contracts (50 ms each time); planned for ten, all took five minutes.
-- So members is not strict any more: PostgreSQL puts its text into the function that asks and sees the accounts it is about; and lines is
-- planned each time it is called (below 2 ms), for the accounts it is called with.
alter function contracts.members(uuid[]) called on null input;
alter function contracts.lines(uuid[]) set plan_cache_mode = force_custom_plan;
