-- What is due first of one product is read in its order; hopping from product to product goes by the same index.
create index support_case_product_due
    on cases.support_case (lower(product), (coalesce(next_due_at, 'infinity'::timestamptz)), id)
    where state in ('open', 'waiting', 'on-hold') and product is not null;
drop index cases.support_case_open_product;
