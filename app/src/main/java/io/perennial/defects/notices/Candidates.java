package io.perennial.defects.notices;

import io.perennial.defects.Affected;

/** Everybody whom a notice could be for, each with what speaks against a letter: {@code judged}, in SQL. */
final class Candidates {

    private Candidates() {}

    static final String JUDGED = "with " + Affected.ACCOUNTS + """
            , mute as (
                select distinct on (lower(btrim(p.email))) lower(btrim(p.email)) as address, w.changed_at as since,
                    a.name as company
                from defects.wish w join accounts.contact p on p.id = w.id join accounts.account a on a.id = p.account_id
                where w.channel = 'none' and p.email is not null
                order by lower(btrim(p.email)), w.changed_at desc
            ), company as (
                select a.id, a.name, a.language, a.time_zone, o.left_on
                from accounts.account a left join accounts.overview o on o.account_id = a.id
                where (cast(:only as uuid) is null or a.owner_id = cast(:only as uuid))
                  and (not :hit or a.id in (select account_id from affected))
                  and (cardinality(:segments) = 0 or lower(a.segment) = any(:segments))
                  and (cardinality(:products) = 0 or exists (
                      select from contracts.contract_line x where x.account_id = a.id and lower(x.product) = any(:products)
                        and x.starts_on <= :today and (x.ends_on is null or x.ends_on > :today)))
                  and (cardinality(:programs) = 0 or exists (
                      select from programs.enrolment e join programs.version v on v.id = e.version_id
                      join programs.program g on g.id = v.program_id
                      where e.account_id = a.id and g.key = any(:programs)
                        and e.starts_on <= :today and (e.ends_on is null or e.ends_on > :today)))
            ), person as (
                select p.id as contact_id, p.name, nullif(btrim(p.email), '') as email, c.id as account_id, c.name as company,
                    lower(left(coalesce(nullif(p.language, ''), c.language, ''), 2)) as language,
                    coalesce(nullif(p.time_zone, ''), nullif(c.time_zone, ''), 'UTC') as zone,
                    case when c.left_on <= :today then 'Is no customer any more.'
                        when p.left_on <= :today then 'Has left the company.'
                        when nullif(btrim(p.email), '') is null then 'No address is known.'
                        when btrim(p.email) !~ '^[^@[:space:],;<>]+@[^@[:space:],;<>]+[.][^@[:space:],;<>]+$'
                            then 'The address is none that we can write to.'
                        when w.channel = 'none' then 'Wants no letters.'
                        when mute.since > coalesce(w.changed_at, '-infinity')
                            then 'Wants no letters, said of the same address at ' || mute.company || '.'
                        when (to_jsonb(w) ->> :kind) = 'never' then 'Wants no letters about ' || :about || '.'
                        when dead.address is not null then 'The address is dead: ' || dead.reason
                        when (to_jsonb(w) ->> :kind) = 'weekly' and :late
                            then 'Wants weekly letters only, and it is over before the next one.'
                        else '' end as objection,
                    coalesce((to_jsonb(w) ->> :kind) = 'weekly', false) as weekly
                from company c join accounts.contact p on p.account_id = c.id
                left join defects.wish w on w.id = p.id
                left join mute on mute.address = lower(btrim(p.email))
                left join mail.dead_address dead on dead.address = lower(btrim(p.email))
                where (cardinality(:roles) = 0 or p.role_words && cast(:roles as text[]))
                  and (not :asked or exists (
                      select from defects.asked s where s.contact_id = p.id and s.defect_id = any(:defects)))
            ), ranked as (
                select *, row_number() over (partition by lower(email), objection = '' order by contact_id) as nth,
                    first_value(name) over (partition by lower(email), objection = '' order by contact_id) as first
                from person
            ), judged as (
                select contact_id, name, email, account_id, company, language, zone,
                    case when objection <> '' or email is not null and nth > 1 then 'left-out'
                        when weekly then 'weekly' else 'due' end as state,
                    case when objection <> '' then objection
                        when email is not null and nth > 1 then 'The address gets it already: for ' || first
                        when weekly then 'In the weekly letter of ' || :monday || '.'
                        else '' end as why
                from ranked
            )
            """;
}
