-- Which feature's use fell is asked for every account whose use fell. The facts of an account lie all over the table,
-- in the order of days; with its events in the key it is answered from a few neighbouring pages of the index.
alter table usage.daily drop constraint daily_pkey;
alter table usage.daily add primary key (account_id, day, feature_id, user_id, source_ref) include (events);
