-- Business that is expected of a customer: what, how much, when, and the evidence that justifies it, kept as it was.
create table growth.opportunity (
    id uuid primary key,
    external_id text not null unique,
    account_id uuid not null references accounts.account,
    name text not null,
    kind text, -- attach, upgrade, expansion, cross-sell, renewal-uplift, win-back; expansion when nothing is said
    product text,
    program text,
    amount numeric, -- of a year
    currency text,
    probability numeric check (probability between 0 and 100), -- percent; that of the stage when nothing is said
    owner_id uuid references identity.team_member,
    stage text, -- found, qualified, proposed, negotiation, won, lost; found when nothing is said
    phase text not null generated always as (coalesce(stage, 'found')) stored,
    expected_on date,
    closed_on date,
    reason text, -- why it was won or lost
    sourced_by text, -- who found it: success, support, sales, marketing, partner, customer
    description text,
    cause text, -- of the signal that it began with
    evidence jsonb not null default '[]', -- what was known when it began: title, text and how the money was estimated
    proposal text,
    proposal_lines jsonb not null default '[]',
    proposal_sent_on date,
    attributes jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1
);
create index opportunity_account on growth.opportunity (account_id);
create index opportunity_open on growth.opportunity (expected_on, id) where phase not in ('won', 'lost');
create index opportunity_closed on growth.opportunity (closed_on desc) where phase in ('won', 'lost');

-- Won and credited: found by service, or somebody of us spoke with the customer within 90 days before it closed. The second is
-- no cause.
create view growth.credited as
select o.id, o.account_id, o.kind, o.amount, o.currency, o.closed_on,
    o.sourced_by in ('success', 'support') as sourced,
    exists (
        select from engagement.touchpoint t
        where t.account_id = o.account_id and t.kind in ('call', 'meeting')
          and t.at >= (o.closed_on - 90)::timestamp at time zone 'UTC'
          and t.at < (o.closed_on + 1)::timestamp at time zone 'UTC') as influenced
from growth.opportunity o
where o.phase = 'won' and o.closed_on is not null;
