-- Signals of growth: what more a healthy customer could have, from facts, and what its peers have. Found by a job each day; pages
-- read what it kept.

-- What customers have on a day, by product and currency, with the money of a year.
create function growth.holdings(day date)
    returns table (account_id uuid, product text, currency text, annual numeric, service boolean, seats bigint)
    language sql stable parallel safe as $$
select l.account_id, l.product, l.currency, sum(contracts.annual_on(l.annual, l.escalator, l.starts_on, $1)),
    bool_and(growth.is_service(l.kind)), sum(l.seats) filter (where not growth.is_service(l.kind))
from contracts.contract_line l
where l.starts_on <= $1 and (l.ends_on is null or l.ends_on > $1)
group by l.account_id, l.product, l.currency
$$;

-- An estimate shows three digits: more would look like knowledge.
create function growth.rough(amount numeric) returns numeric
    language sql immutable parallel safe
    return case when amount <> 0 then round(amount, (2 - floor(log(abs(amount))))::int) else amount end;

-- The days of a month on which each feature was used, from the packed row of the month: the lowest bit is the first day.
create function growth.feature_days(features bytea) returns table (feature int, days int)
    language sql immutable parallel safe as $$
select (get_byte($1, o) << 24) | (get_byte($1, o + 1) << 16) | (get_byte($1, o + 2) << 8) | get_byte($1, o + 3),
    (get_byte($1, o + 4) << 24) | (get_byte($1, o + 5) << 16) | (get_byte($1, o + 6) << 8) | get_byte($1, o + 7)
from generate_series(0, length($1) - 8, 8) o
$$;

-- How many of those days lie after one day, up to another.
create function growth.days_within(month date, days int, after date, last date) returns int
    language sql immutable parallel safe
    return case
        when least(last - month, 30) < greatest(after + 1 - month, 0) then 0
        else bit_count((days::bigint
            & ((1::bigint << (least(last - month, 30) + 1)) - (1::bigint << greatest(after + 1 - month, 0))))::bit(64))::int
    end;

-- What is usual among live customers, renewed by the job. Rows of everybody stand for segments too small to compare in. Prices
-- are those of a year; where the company has a rate for a currency, in its own currency. Each is a price that somebody pays: a
-- quarter of the owners pay at most "low", half of them at most "middle", three quarters at most "high".
create table growth.peers (
    everybody boolean not null,
    segment text not null, -- empty: without a segment, or everybody
    accounts int not null,
    bought_more int not null, -- of them, within a year
    low numeric, -- the share of what they paid that those added
    middle numeric,
    high numeric,
    primary key (everybody, segment)
);
create table growth.peer_product (
    everybody boolean not null,
    segment text not null,
    product text not null,
    service boolean not null,
    owners int not null,
    mains int not null, -- of them, who pay most for it
    primary key (everybody, segment, product)
);
create table growth.peer_price (
    everybody boolean not null,
    segment text not null,
    product text not null,
    currency text not null,
    owners int not null,
    low numeric not null,
    middle numeric not null,
    high numeric not null,
    primary key (everybody, segment, product, currency)
);
create table growth.peer_pair (
    everybody boolean not null,
    segment text not null,
    base text not null, -- what they pay most for
    product text not null,
    together int not null, -- who have both
    primary key (everybody, segment, base, product)
);
-- How many live customers of a segment do not have a product, by the currency in which they would pay for it.
create table growth.peer_gap (
    segment text not null,
    product text not null,
    currency text not null,
    missing int not null,
    primary key (segment, product, currency)
);

-- One open signal for each cause and account. It closes when its cause goes; a decided one stays quiet until then.
create table growth.expansion_signal (
    id uuid primary key,
    account_id uuid not null references accounts.account on delete cascade,
    kind text not null, -- the rule
    subject text not null, -- product, area or unit; empty where the rule has one cause only
    state text not null check (state in ('open', 'accepted', 'dismissed', 'closed')),
    low numeric, -- of a year, estimated; null where nothing can be said
    amount numeric,
    high numeric,
    currency text,
    worth numeric not null default 0, -- the amount at the company's rates, for the order of lists
    confidence smallint not null check (confidence between 1 and 3),
    facts jsonb not null, -- what the rule rests on, in numbers
    opened_at timestamptz not null,
    renewed_at timestamptz not null, -- when the facts last differed
    decided_at timestamptz,
    decided_by text,
    reason text, -- of a dismissal
    opportunity_id uuid, -- that it became; no foreign key, since an opportunity can be taken back
    closed_at timestamptz,
    closed_because text,
    cause_gone boolean not null default false
);
create unique index expansion_one_open on growth.expansion_signal (account_id, kind, subject) where state = 'open';
create index expansion_standing on growth.expansion_signal (account_id) where state = 'open' or not cause_gone;
create index expansion_order on growth.expansion_signal (worth desc, id desc) where state = 'open';
create index expansion_decided on growth.expansion_signal (decided_at desc, id desc) where state in ('accepted', 'dismissed');
create index expansion_opportunity on growth.expansion_signal (opportunity_id) where opportunity_id is not null;

create table growth.expansion_run (
    day date primary key,
    at timestamptz not null,
    accounts int not null,
    opened int not null,
    closed int not null
);
