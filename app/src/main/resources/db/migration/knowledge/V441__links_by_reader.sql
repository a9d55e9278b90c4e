-- Which articles somebody was sent, whether or not they were opened: for the timeline of their account.
create index sent_link_reader on knowledge.sent_link (contact_id, sent_at desc) where contact_id is not null;
