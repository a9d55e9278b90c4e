-- What the service desk costs in a month, from a day on. Without a row there is no cost per case, rather than a guess.
create table metrics.service_cost (
    starts_on date primary key,
    monthly numeric not null check (monthly >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    set_by text not null,
    set_at timestamptz not null
);
