-- The day a customer left; nothing for customers and for who is none yet.
alter table accounts.overview
    add column left_on date;
