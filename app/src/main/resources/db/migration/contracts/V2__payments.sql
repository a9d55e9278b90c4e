-- The latest invoice that was not paid in time: when it was due, and when it was paid at last.
alter table contracts.contract add column payment_due_on date;
alter table contracts.contract add column paid_on date;
create index contract_payment_due on contracts.contract (payment_due_on) where payment_due_on is not null;
