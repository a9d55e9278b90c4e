-- What is counted anew says to the second when somebody began and stopped on a day, for the times of key actions.
drop function events.counted(date, date, text, bigint);
create function events.counted(first_day date, last_day date, whose text, last_seq bigint)
    returns table (
        account_id uuid, day date, user_ref text, kind smallint, name text, source_id int, events bigint, slots bit(288),
        first_second int, last_second int)
    language sql stable
as $$
with members as (
    select m.user_ref from events.membership m where m.account_ref = whose
), visitors as (
    select a.anonymous_ref from events.alias a where a.user_ref in (select user_ref from members)
), taken as (
    select i.seq, i.source_id, i.kind, i.name, nullif(i.user_ref, '') as user_ref,
        nullif(i.anonymous_ref, '') as anonymous_ref, nullif(i.account_ref, '') as account_ref,
        case when i.occurred_at > i.received_at + interval '24 hours' or i.occurred_at < '2000-01-01T00:00:00Z'
            then i.received_at else i.occurred_at end as moment
    from events.inbox i
    join events.message m on m.message = i.message and m.seq = i.seq
    where i.kind <= 3 and i.seq <= last_seq and i.received_on >= first_day - 1
        and not exists (select from events.parked p where p.seq = i.seq)
        and (whose is null or i.account_ref = whose
            or i.account_ref is null and (i.user_ref in (select user_ref from members)
                or i.user_ref is null and i.anonymous_ref in (select anonymous_ref from visitors)))
), of_user as (
    select t.*, (t.moment at time zone 'UTC')::date as on_day,
        coalesce(t.user_ref, case when t.account_ref is null then coalesce(
            (select a.user_ref from events.alias a
                where a.anonymous_ref = t.anonymous_ref and a.since_seq <= t.seq order by a.since_seq desc limit 1),
            (select a.user_ref from events.alias a
                where a.anonymous_ref = t.anonymous_ref and a.since_seq > t.seq order by a.since_seq limit 1))
        end) as who
    from taken t
    where (t.moment at time zone 'UTC')::date between first_day and last_day
), of_account as (
    select u.*, coalesce(u.account_ref,
        (select m.account_ref from events.membership m
            where m.user_ref = u.who and m.since_seq <= u.seq order by m.since_seq desc limit 1),
        (select m.account_ref from events.membership m
            where m.user_ref = u.who and m.since_seq > u.seq order by m.since_seq limit 1)) as belongs_to
    from of_user u
)
select a.id, o.on_day, coalesce(o.who, ''), o.kind, o.name, o.source_id, count(*),
    bit_or(set_bit(repeat('0', 288)::bit(288), (floor(extract(epoch from o.moment) / 300)::bigint % 288)::int, 1)),
    min(floor(extract(epoch from o.moment))::bigint % 86400)::int, max(floor(extract(epoch from o.moment))::bigint % 86400)::int
from of_account o
join accounts.account a on a.external_id = o.belongs_to
where whose is null or o.belongs_to = whose
group by 1, 2, 3, 4, 5, 6
$$;
