-- What was offered to keep a customer or to win one back, and what came of it as people say. What the facts say of it is
-- derived: cancellations.saves.
create table cancellations.attempt (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    cancellation_id uuid, -- contracts.cancellation; none while the customer only thinks of leaving
    purpose text not null default 'save' check (purpose in ('save', 'win_back')),
    offer text not null, -- as it was called then
    made_on date not null,
    member_id uuid references identity.team_member,
    answer text,
    result text not null default 'open' check (result in ('open', 'saved', 'lost')),
    result_on date,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index attempt_account on cancellations.attempt (account_id, made_on desc);
create index attempt_cancellation on cancellations.attempt (cancellation_id) where cancellation_id is not null;
create index attempt_decided on cancellations.attempt (coalesce(result_on, made_on)) where result <> 'open';
create index attempt_open on cancellations.attempt (made_on) where result = 'open';

-- The catalogue of offers, how long to wait before winning back by reason, and when a save is checked. No row: as shipped.
create table cancellations.rules (
    only_one boolean primary key default true check (only_one),
    offers jsonb not null,
    waits jsonb not null, -- days by category; null where coming back is not plausible
    kept_days int not null check (kept_days between 1 and 730)
);

-- Decided save attempts, the last of each customer in the period, with what the ledger of revenue says. Verdicts:
--   kept        said saved, and revenue still ran so many days later
--   lost_later  said saved, and revenue was gone by then
--   lost        said lost
--   not_yet     said saved, and the day of the check has not come
--   no_facts    said saved, and there are no contract lines to check it by
create function cancellations.saves(from_day date, until_day date, kept_days int, today date)
    returns table (
        account_id uuid, attempt_id uuid, offer text, member_id uuid, made_on date, decided_on date, result text,
        verdict text)
    language sql stable as $$
with decided as materialized (
    select distinct on (a.account_id) a.*, coalesce(a.result_on, a.made_on) as decided_on
    from cancellations.attempt a
    where a.purpose = 'save' and a.result <> 'open'
      and coalesce(a.result_on, a.made_on) >= $1 and coalesce(a.result_on, a.made_on) < $2
    order by a.account_id, coalesce(a.result_on, a.made_on) desc, a.made_on desc, a.id desc
), revenue as materialized (
    select r.account_id, r.from_day, r.until_day from contracts.revenue r
    where r.state <> 'lapsed' and r.account_id = any(array(select d.account_id from decided d where d.result = 'saved'))
)
select d.account_id, d.id, d.offer, d.member_id, d.made_on, d.decided_on, d.result,
    case
        when d.result = 'lost' then 'lost'
        when d.decided_on + $3 > $4 then 'not_yet'
        when not exists (select from revenue r where r.account_id = d.account_id) then 'no_facts'
        when exists (
            select from revenue r
            where r.account_id = d.account_id and r.from_day <= d.decided_on + $3 and r.until_day > d.decided_on + $3)
            then 'kept'
        else 'lost_later'
    end
from decided d
$$;
