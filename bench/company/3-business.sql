-- step: contracts, one a customer
create temp table terms as
select d.*, case when story = 'lost' then date ':today' - (5 + floor(300 * pg_temp.dice(r, 60)))::int end as lost_on,
    (since + make_interval(years => (extract(year from age(date ':today', since)))::int))::date as current_start
from drawn d;
insert into contracts.contract (id, external_id, account_id, name, program, kind, signed_on, starts_on, ends_on, auto_renew, currency, channel, geography, created_at, updated_at)
select pg_temp.rising(r, 'contract'), 'K-' || (100000 + r), id, 'Master agreement ' || extract(year from since), pg_temp.pick('{Standard,Standard,Standard,Premier,Premier,Elite}', r, 61), 'subscription',
    since - (3 + r % 30)::int, since, coalesce(lost_on, (current_start + interval '1 year')::date), pg_temp.dice(r, 62) < 0.55, currency,
    pg_temp.pick('{direct,direct,partner}', r, 63), country, now(), now()
from terms;

-- step: contract lines, a term for each year and product
insert into contracts.contract_line (id, external_id, account_id, contract_id, product, kind, seats, unit, amount, period, currency, starts_on, ends_on, auto_renew, created_at, updated_at)
select pg_temp.rising(r * 100 + back * 10 + product, 'line'), 'L-' || (100000 + r) || '-' || back || '-' || product, id, pg_temp.rising(r, 'contract'),
    ('{Lumen Plan,Lumen Track,Lumen Insight}'::text[])[product], 'subscription',
    greatest(1, round(seats * case product when 1 then 1 else 0.4 end * 0.88 ^ back)), case product when 1 then 'users' else 'sites' end,
    round(arr * case product when 1 then 0.75 when 2 then 0.17 else 0.08 end::numeric * (0.9 ^ back)::numeric, 2), 'year', currency, starts_on,
    case when lost_on is not null and ends_on > lost_on then lost_on else ends_on end, pg_temp.dice(r, 62) < 0.55, now(), now()
from (
    select t.*, back, product, (current_start - make_interval(years => back))::date as starts_on, (current_start - make_interval(years => back - 1))::date as ends_on
    from terms t, generate_series(0, least(3, extract(year from age(date ':today', since))::int)) back,
        generate_series(1, case segment when 'Enterprise' then 3 when 'Mid-market' then 2 else 1 end) product) l
where lost_on is null or starts_on < lost_on;

-- step: cancellations
insert into contracts.cancellation (id, external_id, account_id, contract_id, cancelled_on, effective_on, reason, amount, currency, created_at, updated_at)
select pg_temp.rising(r, 'cancellation'), 'X-' || (100000 + r), id, pg_temp.rising(r, 'contract'), lost_on - 45, lost_on,
    pg_temp.pick('{price,no value,budget cuts,missing features,competitor,support,bankruptcy,unknown}', r, 64), arr, currency, now(), now()
from terms where lost_on is not null;

-- step: support cases, more from the large and from a noisy few
-- without indexes: cases.support_case
insert into cases.support_case (id, external_id, account_id, contact_id, subject, opened_at, first_response_at, resolved_at, closed_at, status, priority, cause, product, channel,
    assignee, satisfaction, satisfaction_scale, reopened, escalated, created_at, updated_at)
select pg_temp.rising(n, 'case'), 'C-' || n, id, pg_temp.rising(r * 1000 + 1, 'contact'),
    pg_temp.pick('{Export,Import,Sign-in,Report,Invoice,Calendar,Mobile app,Permissions,Dashboard,Notification,Search,API}', n, 71) || ' ' || pg_temp.pick('{stops half way,shows old figures,is slow in the morning,cannot be found,asks for a password again,ends with an error,needs one more column,does not match the file}', n, 72),
    opened, opened + response, case when done then opened + response + work end, case when done then opened + response + work end,
    case when done then 'solved' else pg_temp.pick('{open,waiting for customer,in progress}', n, 73) end, pg_temp.pick('{urgent,high,high,medium,medium,medium,medium,low,low}', n, 74),
    pg_temp.pick('{how-to,how-to,defect,usability,request}', n, 75), pg_temp.pick('{Lumen Plan,Lumen Plan,Lumen Track,Lumen Insight}', n, 76), pg_temp.pick('{portal,mail,mail,phone,chat}', n, 77),
    'staff-' || (109 + n % 20), case when done and pg_temp.dice(n, 78) < 0.3 then 1 + floor(5 * pg_temp.dice(n, 79) ^ 0.5) end, 5,
    case when pg_temp.dice(n, 80) < 0.06 then 1 else 0 end, pg_temp.dice(n, 81) < 0.03, now(), now()
from (
    select r, id, r * 1000 + k as n, opened, make_interval(mins => (10 * exp(1.4 * pg_temp.bell(r * 1000 + k, 83)))::int) as response,
        make_interval(hours => least(900, 14 * exp(1.3 * pg_temp.bell(r * 1000 + k, 84)))::int) as work,
        opened < timestamptz ':today 00:00Z' - interval '40 days' or pg_temp.dice(r * 1000 + k, 85) < 0.7 as done
    from drawn d, generate_series(1, least(400, floor(0.75 * seats ^ 0.55 * exp(0.7 * pg_temp.bell(r, 86)) + pg_temp.dice(r, 87)))::int) k,
        lateral (select timestamptz ':today 08:00Z' - make_interval(mins => (1440 * 0.5 + 1440 * 400 * pg_temp.dice(r * 1000 + k, 82))::int) as opened) o
    where opened > since + 1) c;
update cases.support_case set resolved_at = null, closed_at = null, status = 'open' where resolved_at > timestamptz ':today 08:00Z';

-- step: survey answers
insert into surveys.survey_response (id, external_id, account_id, contact_id, kind, score, scale_max, comment, survey, asked_at, answered_at, created_at, updated_at)
select pg_temp.rising(n, 'survey'), 'S-' || n, id, pg_temp.rising(r * 1000 + k, 'contact'), kind, case kind when 'nps' then floor(11 * pg_temp.dice(n, 90) ^ 0.45) else 1 + floor(5 * pg_temp.dice(n, 91) ^ 0.5) end,
    case kind when 'nps' then 10 else 5 end, case when pg_temp.dice(n, 92) < 0.25 then pg_temp.pick('{Great support but slow exports.,It does what it says.,We miss an integration.,The team loves it.,Too many clicks.,Worth the money.}', n, 93) end,
    'Autumn', answered - interval '4 days', answered, now(), now()
from (
    select d.*, k, r * 1000 + k as n, case when pg_temp.dice(r * 1000 + k, 94) < 0.7 then 'nps' else 'csat' end as kind,
        timestamptz ':today 08:00Z' - make_interval(mins => (1440 + 1440 * 380 * pg_temp.dice(r * 1000 + k, 95))::int) as answered
    from drawn d, generate_series(1, least(30, floor(0.5 * seats ^ 0.45 + pg_temp.dice(r, 96)))::int) k) s
where answered > since + 20;

-- step: touchpoints: large customers every few weeks, small ones now and then
-- without indexes: engagement.touchpoint
insert into engagement.touchpoint (id, external_id, account_id, contact_id, at, kind, direction, two_way, subject, body, sentiment, member_id, created_at, updated_at)
select pg_temp.rising(n, 'touch'), 'T-' || n, id, pg_temp.rising(r * 1000 + 1, 'contact'), at, kind, 'both', kind <> 'email', pg_temp.pick('{Check-in,Quarterly review,Renewal talk,Training,Follow-up,Roadmap}', n, 101),
    case when pg_temp.dice(n, 102) < 0.5 then 'Spoke about roll-out, open cases and the next quarter. They will send the list of users.' end,
    pg_temp.pick('{positive,neutral,neutral,negative}', n, 103), case when owner is not null then pg_temp.rising(owner, 'member') end, now(), now()
from (
    select d.*, r * 1000 + k as n, pg_temp.pick('{call,call,meeting,email}', r * 1000 + k, 104) as kind,
        timestamptz ':today 07:00Z' - make_interval(mins => (1440 * 400 * pg_temp.dice(r * 1000 + k, 105))::int) as at
    from drawn d, generate_series(1, (case segment when 'Enterprise' then 40 when 'Mid-market' then 16 else 6 end * (0.4 + 1.2 * pg_temp.dice(r, 106)))::int) k) t
where at > since + 1;

-- step: tasks, 15 % of them open
insert into engagement.task (id, account_id, title, kind, due_on, owner_id, done_at, outcome, created_at, updated_at)
select pg_temp.rising(r * 10 + k, 'task'), id, pg_temp.pick('{Call the sponsor,Send the training plan,Ask for a reference,Check the licence count,Prepare the review}', r * 10 + k, 110), 'task',
    date ':today' + case when open then (floor(40 * pg_temp.dice(r * 10 + k, 111)) - 12)::int else -(20 + floor(300 * pg_temp.dice(r * 10 + k, 112)))::int end,
    case when owner is not null then pg_temp.rising(owner, 'member') end, case when not open then timestamptz ':today 00:00Z' - make_interval(days => (15 + floor(300 * pg_temp.dice(r * 10 + k, 112)))::int) end,
    case when not open then 'done' end, now(), now()
from (select d.*, k, pg_temp.dice(r * 10 + k, 113) < 0.15 as open from drawn d, generate_series(1, case segment when 'Enterprise' then 6 when 'Mid-market' then 2 else 1 end) k) t
where segment <> 'SMB' or pg_temp.dice(r, 114) < 0.4;
