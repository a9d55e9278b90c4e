-- A contract that moves to another account leaves its old enrolment behind, void, with what was used.
alter table programs.enrolment drop constraint enrolment_contract_id_key;
alter table programs.enrolment add constraint enrolment_of_contract unique (contract_id, account_id);

-- Use that did not happen is taken back by an entry below zero.
alter table programs.entry drop constraint entry_check;
alter table programs.entry add constraint entry_amount check (amount > 0 or kind in ('granted', 'expired', 'consumed'));
