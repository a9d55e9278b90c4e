-- step: :accounts customers drawn
-- Few large, many small: 4 % enterprise, 18 % mid-market, the rest small, each with a long tail of seats.
create temp table drawn as
select r, pg_temp.rising(r, 'account') as id, segment, seats, currency, country, industry, since, story, story_ago,
    round((seats * price)::numeric, -1) as arr, pg_temp.stem(r, 20) as stem, activity,
    case when pg_temp.dice(r, 30) < 0.02 then null
        when segment = 'Enterprise' then 1 + floor(25 * pg_temp.dice(r, 31) ^ 1.3)
        when segment = 'Mid-market' then 26 + floor(45 * pg_temp.dice(r, 31) ^ 1.3)
        else 71 + floor(30 * pg_temp.dice(r, 31) ^ 1.5) end::bigint as owner
from (
    select *, case when d < 0.03 then 'stopped' when d < 0.11 then 'falling' when d < 0.22 then 'growing'
        when d < 0.26 and since < date ':today' - 400 then 'lost' else 'steady' end as story
    from (
        select r, segment, pg_temp.dice(r, 10) as d, greatest(2, round(exp(ln(typical::float8) + 0.8 * pg_temp.bell(r, 3)))) as seats,
            exp(ln(240.0::float8) + 0.35 * pg_temp.bell(r, 4)) as price, exp(0.6 * pg_temp.bell(r, 5)) as activity,
            pg_temp.pick('{DE,DE,DE,DE,FR,FR,FR,US,US,US,US,US,US,GB,GB,GB,NL,NL,SE,SE,IT,ES,PL,DK,NO,FI,CH,CA,AU,JP,BR,IN}', r, 6) as country,
            pg_temp.pick('{Logistics,Logistics,Manufacturing,Manufacturing,Manufacturing,Software,Software,Software,Retail,Retail,Insurance,Banking,Energy,Health care,Education,Media,Food,Construction,Travel,Public sector}', r, 7) as industry,
            date ':today' - (25 + floor(2600 * pg_temp.dice(r, 9) ^ 1.4))::int as since,
            (8 + floor(110 * pg_temp.dice(r, 11)))::int as story_ago
        from (
            select r, case when size < 0.04 then 'Enterprise' when size < 0.22 then 'Mid-market' else 'SMB' end as segment,
                case when size < 0.04 then 350 when size < 0.22 then 55 else 8 end as typical
            from (select r, pg_temp.dice(r, 1) as size from generate_series(1, :accounts) r) a) b) b) c,
    lateral (select case country when 'US' then 'USD' when 'CA' then 'CAD' when 'GB' then 'GBP' when 'SE' then 'SEK' when 'CH' then 'CHF'
        when 'JP' then 'JPY' when 'AU' then 'AUD' else 'EUR' end as currency) m;
create unique index on drawn (r);
analyze drawn;

-- step: :accounts accounts, with groups of companies
-- without indexes: accounts.account
with parents as (
    select id, row_number() over (order by r) as place from drawn where segment = 'Enterprise')
insert into accounts.account (id, external_id, name, parent_id, segment, stage, owner_id, industry, country, region, website, time_zone,
    language, customer_since, next_step, next_step_on, attributes, created_at, updated_at)
select d.id, 'A-' || (100000 + r),
    stem || ' ' || pg_temp.pick('{Group,Works,Partners,Systems,Services,Solutions,Trading,Industries,Labs,Networks,Holdings,Supply,Union,House,Care,Line,Data,Freight,Foods,Power}', r, 23)
        || case when pg_temp.dice(r, 24) < 0.5 then ' ' || industry else '' end
        || case country when 'DE' then ' GmbH' when 'US' then ', Inc.' when 'GB' then ' Ltd' when 'FR' then ' SA' when 'SE' then ' AB' when 'NL' then ' BV' else '' end,
    p.id, segment, case story when 'lost' then 'Churned' else case when since > date ':today' - 90 then 'Onboarding' else 'Live' end end,
    case when owner is not null then pg_temp.rising(owner, 'member') end, industry, country,
    case when country in ('US', 'CA', 'BR') then 'AMER' when country in ('JP', 'AU', 'IN') then 'APAC' else 'EMEA' end,
    'https://' || lower(stem) || '-' || r || '.example',
    case country when 'US' then 'America/New_York' when 'GB' then 'Europe/London' when 'JP' then 'Asia/Tokyo' else 'Europe/Berlin' end,
    case country when 'DE' then 'de' when 'FR' then 'fr' else 'en' end, since,
    case when pg_temp.dice(r, 26) < 0.12 then pg_temp.pick('{Review the roll-out plan,Send proof of value,Agree the success plan,Train the new team,Prepare the renewal,Introduce the new owner}', r, 27) end,
    case when pg_temp.dice(r, 26) < 0.12 then date ':today' + (floor(60 * pg_temp.dice(r, 28)) - 10)::int end,
    jsonb_build_object('crm_id', 'CRM-' || r * 7919 % 1000003, 'tier', pg_temp.pick('{gold,silver,silver,bronze,bronze,bronze}', r, 29),
        'partner', pg_temp.pick('{direct,direct,direct,reseller,marketplace}', r, 32)), now(), now()
from drawn d
left join parents p on segment <> 'Enterprise' and pg_temp.dice(r, 21) < 0.09 and p.place = 1 + floor((select count(*) from parents) * pg_temp.dice(r, 22) ^ 2)::bigint;

-- step: :contacts contacts
-- without indexes: accounts.contact
with weights as (
    select r, id, stem, country, seats ^ 0.62 * exp(0.5 * pg_temp.bell(r, 40)) as w from drawn
), shares as (
    select *, 1 + floor((:contacts - :accounts) * w / sum(w) over () + pg_temp.dice(r, 41))::bigint as people from weights
), people as (
    select s.*, k, r * 1000 + k as n, pg_temp.first_name(r * 1000 + k, 42) as first, pg_temp.last_name(r * 1000 + k, 43) as last
    from shares s, generate_series(1, least(people, 999)) k)
insert into accounts.contact (id, external_id, account_id, name, email, phone, title, roles, language, left_on, confirmed_on, created_at, updated_at)
select pg_temp.rising(n, 'contact'), 'P-' || n, id, first || ' ' || last, lower(first || '.' || last) || case when k > 9 then k::text else '' end || '@' || lower(stem) || '-' || r || '.example',
    '+' || 30 + n % 60 || ' ' || 100000 + n * 7919 % 899999,
    pg_temp.pick('{Head of,Director of,Manager,Lead,Analyst,Specialist,VP,Coordinator}', n, 45) || ' ' || pg_temp.pick('{Operations,Finance,IT,Sales,Support,Procurement,Planning,Quality,People,Marketing}', n, 46),
    case when k = 1 then array['decision maker', 'sponsor'] when k = 2 then array['admin'] when pg_temp.dice(n, 47) < 0.1 then array['champion'] else array['user'] end,
    case country when 'DE' then 'de' when 'FR' then 'fr' else 'en' end,
    case when pg_temp.dice(n, 48) < 0.05 then date ':today' - floor(700 * pg_temp.dice(n, 49))::int end,
    case when k <= 2 and pg_temp.dice(n, 50) < 0.5 then date ':today' - floor(300 * pg_temp.dice(n, 51))::int end, now(), now()
from people;
