-- Which products have open cases is told by hopping from one to the next.
create index support_case_open_product on cases.support_case (lower(product))
    where state in ('open', 'waiting', 'on-hold') and product is not null;
