-- What was decided about signals, and how opportunities were led on, at one customer: for its timeline.
create index expansion_decided_account on growth.expansion_signal (account_id) where decided_at is not null;
create index if not exists change_row_opportunity on platform.change_row (account_id) where thing_type = 'opportunities';
