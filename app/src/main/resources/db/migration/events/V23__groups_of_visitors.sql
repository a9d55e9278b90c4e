-- The account that a group call of an anonymous visitor named, from a place in the inbox on. Once somebody says who the
-- visitor is, that user belongs to it.
create table events.visitor_group (
    anonymous_ref text not null,
    since_seq bigint not null,
    account_ref text not null,
    primary key (anonymous_ref, since_seq)
);
