-- Quotes have texts, too.
alter table renewals.template drop constraint template_step_check;
alter table renewals.template add check (step in ('notice', 'reminder', 'quote'));

-- What was cut short while the rest of its term ran on is not due again: such terms are read anew.
insert into renewals.changed
select distinct account_id from contracts.contract_line where scheduled_ends_on is not null;

-- Who was confirmed lately may not have had the notice that others have.
create index person_confirmed on renewals.person (confirmed_on);
