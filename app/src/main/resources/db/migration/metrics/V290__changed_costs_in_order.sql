-- The latest months are counted first: a batch is read from this index as it stands, however much is waiting.
create index cost_changed_order on metrics.cost_changed (month desc, account_id);
drop index metrics.cost_changed_pair;
