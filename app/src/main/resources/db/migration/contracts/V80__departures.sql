-- Who left counted as at risk so far: whoever has a loss on record is looked at again.
insert into accounts.changed (account_id, marked_at)
select distinct account_id, now() from contracts.cancellation
on conflict do nothing;
