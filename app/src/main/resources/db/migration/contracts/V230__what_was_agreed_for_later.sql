-- What contracts agree for later: the price of the next term, the price of later years within a term, how long a renewal by
-- itself runs, and which contract follows which.
alter table contracts.contract_line
    add column uplift numeric, -- share added to the price when the next term begins: 0.05 is 5 %
    add column escalator numeric, -- share added to the price each year within a term of several years
    add constraint uplift_is_a_share check (uplift between -1 and 1),
    add constraint escalator_is_a_share check (escalator between -1 and 1);
alter table contracts.contract
    add column renewal_months int, -- as long as the term when nothing is said
    add column replaces uuid references contracts.contract,
    add constraint renewal_months_in_range check (renewal_months between 1 and 240),
    add constraint replaces_another check (replaces <> id);
create index contract_replaces on contracts.contract (replaces) where replaces is not null;
