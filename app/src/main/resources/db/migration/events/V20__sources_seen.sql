-- What a source's page asks: which events nobody can be found for.
create index unresolved_source on events.unresolved (source_id, seq);

-- The names and properties that samples of the events had: what a source sends, without keeping what it says. At most 500
-- names a source, 100 properties a name.
create table events.seen_name (
    source_id int not null,
    kind smallint not null,
    name text not null, -- empty for identify, group and alias
    sampled bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (source_id, kind, name)
);
create table events.seen_property (
    source_id int not null,
    kind smallint not null,
    name text not null,
    property text not null,
    types text[] not null, -- text, number, yes or no, list, object
    sampled bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (source_id, kind, name, property)
);
