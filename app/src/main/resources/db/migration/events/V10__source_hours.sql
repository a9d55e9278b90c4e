-- What each source sent, by hour: written in the transaction that takes the events in, so it agrees with the inbox.
create table events.source_hour (
    source_id int not null,
    hour timestamptz not null,
    accepted bigint not null,
    refused bigint not null,
    bytes bigint not null, -- of the accepted events, as they came
    delay_ms bigint not null, -- sum over the accepted: received less occurred
    last_at timestamptz not null,
    primary key (source_id, hour)
) with (fillfactor = 50);
