alter table cases.support_case add column takeovers int;
alter table cases.support_case add column waits int;
alter table cases.support_case add constraint more_counts_below_zero check (takeovers >= 0 and waits >= 0);
