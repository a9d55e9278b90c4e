-- The day on which it was won or lost. Systems of sales keep one date: of what is closed it says when, of what is open when it is
-- expected. What they brought as won was therefore counted nowhere.
alter table growth.opportunity add column ended_on date
    generated always as (case when coalesce(stage, 'found') in ('won', 'lost') then coalesce(closed_on, expected_on) end) stored;
drop index growth.opportunity_closed;
create index opportunity_ended on growth.opportunity (ended_on desc) where phase in ('won', 'lost');

create or replace view growth.credited as
select o.id, o.account_id, o.kind, o.amount, o.currency, o.ended_on as closed_on,
    o.sourced_by in ('success', 'support') as sourced,
    exists (
        select from engagement.touchpoint t
        where t.account_id = o.account_id and t.kind in ('call', 'meeting')
          and t.at >= (o.ended_on - 90)::timestamp at time zone 'UTC'
          and t.at < (o.ended_on + 1)::timestamp at time zone 'UTC') as influenced
from growth.opportunity o
where o.phase = 'won' and o.ended_on is not null;
