-- Conversations in which a customer was restless or angry are few; the work list of those who may leave looked through all of 90 days.
create index touchpoint_warning on engagement.touchpoint (at) include (account_id)
    where conversation and metrics.mood_of(sentiment) in ('restless', 'angry');
