-- Lists of large companies are answered from a copy in memory that must never be older than the database. It asks for
-- the rows of transactions it has not seen yet: each row says which transaction wrote it last.
alter table accounts.overview
    add column changed_in xid8 not null default pg_current_xact_id();

create function accounts.say_changed_in() returns trigger
    language plpgsql as $$
begin
    new.changed_in := pg_current_xact_id();
    return new;
end $$;

create trigger changed_in before insert or update on accounts.overview
    for each row execute function accounts.say_changed_in();

create index overview_changed_in on accounts.overview (changed_in);

-- What is not there any more cannot say so itself.
create table accounts.overview_gone (
    account_id uuid, -- nothing: everything is gone
    gone_in xid8 not null default pg_current_xact_id()
);
create index overview_gone_in on accounts.overview_gone (gone_in);

create function accounts.say_gone_in() returns trigger
    language plpgsql as $$
begin
    insert into accounts.overview_gone (account_id) values (case when tg_op = 'DELETE' then old.account_id end);
    return null;
end $$;

create trigger gone_in after delete on accounts.overview
    for each row execute function accounts.say_gone_in();
create trigger all_gone_in after truncate on accounts.overview
    for each statement execute function accounts.say_gone_in();

-- Sorting and summing now happens in memory; each of these cost every refresh of a row a write.
drop index accounts.overview_score;
drop index accounts.overview_arr;
drop index accounts.overview_renews;
drop index accounts.overview_name;
drop index accounts.overview_owner_score;
drop index accounts.overview_segment_score;
create index overview_owner on accounts.overview (owner_id);
