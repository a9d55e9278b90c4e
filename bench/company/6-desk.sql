-- step: who asks, one person for each customer
create temporary table asking as
    select row_number() over (order by md5(account_id::text)) as r, account_id, contact_id
    from (select distinct on (account_id) account_id, id as contact_id from accounts.contact order by account_id, id) p;
alter table asking add primary key (r);
analyze asking;

-- step: old cases up to the number wished, most of them from a few
-- without indexes: cases.support_case
insert into cases.support_case (id, external_id, account_id, contact_id, subject, opened_at, first_response_at, resolved_at, closed_at, status, priority, cause, product, channel,
    assignee, satisfaction, satisfaction_scale, reopened, escalated, created_at, updated_at)
select pg_temp.rising(500000000 + n, 'case'), 'D-' || n, account_id, contact_id,
    pg_temp.pick('{Export,Import,Sign-in,Report,Invoice,Calendar,Mobile app,Permissions,Dashboard,Notification,Search,API}', n, 301) || ' ' || pg_temp.pick('{stops half way,shows old figures,is slow in the morning,cannot be found,asks for a password again,ends with an error,needs one more column,does not match the file}', n, 302)
        || ' ' || pg_temp.pick('{since Monday,for one team,after the update,on the phone,in Safari,for new users,again,at month end}', n, 303) || ' ' || n % 997,
    opened, opened + response, opened + response + work, opened + response + work + interval '7 days', 'solved', pg_temp.pick('{urgent,high,high,medium,medium,medium,medium,low,low}', n, 304),
    pg_temp.pick('{how-to,how-to,defect,usability,request}', n, 305), pg_temp.pick('{Lumen Plan,Lumen Plan,Lumen Track,Lumen Insight}', n, 306), pg_temp.pick('{portal,mail,mail,phone,chat}', n, 307),
    'staff-' || (109 + n % 20), case when pg_temp.dice(n, 308) < 0.3 then 1 + floor(5 * pg_temp.dice(n, 309) ^ 0.5) end, 5,
    case when pg_temp.dice(n, 310) < 0.06 then 1 else 0 end, pg_temp.dice(n, 311) < 0.03, now(), now()
from (
    select n, account_id, contact_id, timestamptz ':today 08:00Z' - make_interval(mins => (1440 * 60 + 1440 * 1000 * pg_temp.dice(n, 312))::int) as opened,
        make_interval(mins => (10 * exp(1.4 * pg_temp.bell(n, 313)))::int) as response, make_interval(hours => least(900, 14 * exp(1.3 * pg_temp.bell(n, 314)))::int) as work
    from generate_series(1, greatest(0, :cases - (select count(*) from cases.support_case))) n
    join asking on r = 1 + floor((select count(*) from asking) * pg_temp.dice(n, 315) ^ 2)::bigint) c;

-- step: what was said, five messages a case
-- without indexes: cases.message
insert into cases.message (id, external_id, case_id, kind, at, author, body, created_at, updated_at)
select pg_temp.rising(number * 8 + k, 'message'), 'M-' || number || '-' || k, id, (array['customer', 'reply', 'note', 'customer', 'reply'])[k],
    opened_at + k * interval '40 minutes', case when k in (1, 4) then 'Customer' else assignee end,
    pg_temp.pick('{Since this morning it stops at the second page and nobody in the team can go on.,We looked into it and can see the same with your file.,The log says that the third column is empty in two rows.,Thank you that helped for one of the two.,We have changed the setting; please try once more and tell us.}', number * 8 + k, 320)
        || ' ' || pg_temp.pick('{We need it before the end of the week.,The file has 12000 rows.,It worked in the old version.,Nothing else was changed.,A picture follows.}', number * 8 + k, 321),
    opened_at, opened_at
from cases.support_case, generate_series(1, 5) k
where not exists (select from cases.message);

-- step: clocks of what is over
insert into cases.clock (case_id, kind, round, started_at, target_seconds, used_seconds, due_at, finished_at, breached_at)
select id, kind, 1, opened_at, target, extract(epoch from ended - opened_at), opened_at + make_interval(secs => target), ended,
    case when ended > opened_at + make_interval(secs => target) then opened_at + make_interval(secs => target) end
from cases.support_case, lateral (values ('first-response', 3600, first_response_at), ('resolution', 172800, resolved_at)) as c (kind, target, ended)
where state = 'closed' and ended is not null
on conflict do nothing;

-- step: what the three programs promise, and whose they are
insert into programs.calendar (id, name, zone, week, house)
select pg_temp.rising(600000000, 'calendar'), 'Office hours', 'Europe/Tallinn',
    jsonb_object_agg(day, '09:00-17:00'), true from unnest('{MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY}'::text[]) day
on conflict do nothing;
insert into programs.program (id, key, name, tier, created_at)
select pg_temp.rising(600000000 + tier, 'program'), lower(name), name, tier, now()
from unnest('{Standard,Premier,Elite}'::text[]) with ordinality as p (name, tier)
on conflict do nothing;
insert into programs.version (id, program_id, number, offer, published_at, published_by, valid_from)
select pg_temp.rising(600000010 + p.tier, 'version'), p.id, 1, jsonb_build_object(
        'price', null, 'units', '[]'::jsonb, 'summary', p.name, 'benefits', '[]'::jsonb, 'calendar', c.id, 'channels', '["email", "portal"]'::jsonb,
        'currency', 'EUR', 'termMonths', 12, 'eligibility', '{"note": "", "segments": []}'::jsonb,
        'targets', (select jsonb_object_agg(t.priority, jsonb_build_object('update', null,
                'firstResponse', 'PT' || t.hours / p.tier || 'H', 'resolution', 'PT' || 8 * t.hours / p.tier || 'H'))
            from (values ('URGENT', 6), ('HIGH', 12), ('MEDIUM', 24), ('LOW', 48)) as t (priority, hours))),
    now(), 'Generated', date '2015-01-01'
from programs.program p, programs.calendar c
where c.house
on conflict do nothing;
insert into programs.enrolment (id, account_id, contract_id, sold_as, bought_version_id, starts_on, ends_on)
select gen_random_uuid(), s.account_id, s.contract_id, s.sold_as, v.id, s.starts_on, s.ends_on
from programs.sold s join programs.version v on v.program_id = s.program_id
where s.ends_on is null or s.ends_on > s.starts_on
on conflict do nothing;

-- step: everybody of support knows two of three products
insert into cases.skill (member_id, skill)
select m.id, s.skill
from (select id, row_number() over (order by external_id) as n from identity.team_member where role = 'SUPPORT') m
join (values (0, 'lumen plan'), (1, 'lumen track'), (2, 'lumen insight')) as s (k, skill) on s.k <> m.n % 3
on conflict do nothing;
update cases.support_case set clocked_at = null where state in ('open', 'waiting', 'on-hold');
