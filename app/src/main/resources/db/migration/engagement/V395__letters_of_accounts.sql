-- Which letters went to a customer: the timeline and the list of silent customers ask for one account at a time.
create index if not exists letter_account on mail.letter (account_id, posted_at desc) where account_id is not null;
