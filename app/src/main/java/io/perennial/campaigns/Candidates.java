package io.perennial.campaigns;

import io.perennial.campaigns.Audience.Behaviour;

/**
 * Everybody whom a campaign could be for, each with what speaks against a letter: {@code judged}, in SQL. The parameters are those of
 * {@link AudienceQuery}.
 */
final class Candidates {

    private Candidates() {}

    /** People of the roles asked for at the customers asked for. */
    private static final String PERSON = """
            with company as (
                select a.id, a.name, a.language, a.time_zone
                from accounts.account a left join accounts.overview o on o.account_id = a.id
                where (cast(:only as uuid) is null or a.owner_id = cast(:only as uuid))
                  and (o.left_on is null or o.left_on > :today)
                  and (cardinality(:segments) = 0 or a.segment = any(:segments))
                  and (cardinality(:stages) = 0 or a.stage = any(:stages))
                  and (cardinality(:bands) = 0 or o.band = any(:bands))
                  and (cardinality(:products) = 0 or exists (
                      select from contracts.contract_line x where x.account_id = a.id and x.product = any(:products)
                        and x.starts_on <= :today and (x.ends_on is null or x.ends_on > :today)))
            ), person as (
                select p.id, p.account_id, p.name, p.external_id, nullif(btrim(p.email), '') as email, c.name as company,
                    lower(left(coalesce(w.language, nullif(p.language, ''), c.language, ''), 2)) as language,
                    coalesce(nullif(p.time_zone, ''), nullif(c.time_zone, ''), :zone) as zone
                from company c join accounts.contact p on p.account_id = c.id
                left join campaigns.wish w on w.id = p.id
                where (p.left_on is null or p.left_on > :today)
                  and (cardinality(:roles) = 0 or p.role_words && cast(:roles as text[]))
            )
            """;

    /** Their logins: a login is a person's when it bears their external id or their address. */
    private static final String LOGIN = """
            , login as (
                select p.id as contact_id, u.account_id, u.id as user_id
                from person p join usage.product_user u on u.account_id = p.account_id
                    and lower(u.external_id) in (lower(p.external_id), lower(p.email))
            )
            """;

    private static final String ALL = """
            , fitting as (select * from person)
            """;

    private static final String POWER = LOGIN + """
            , used as (
                select l.contact_id, sum(d.events) as events
                from login l join usage.daily d on d.account_id = l.account_id and d.user_id = l.user_id
                where d.day > :since and d.day <= :today
                group by l.contact_id having sum(d.events) > 0
            ), ranked_by_use as (select contact_id, cume_dist() over (order by events desc) as top from used)
            , fitting as (
                select p.* from person p join ranked_by_use r on r.contact_id = p.id where r.top <= :share / 100.0
            )
            """;

    private static final String NEVER_USED = LOGIN + """
            , used as (
                select distinct l.contact_id
                from login l join usage.daily d on d.account_id = l.account_id and d.user_id = l.user_id
                join usage.feature f on f.id = d.feature_id
                where f.name = :used_feature and d.events > 0
            ), fitting as (select p.* from person p where not exists (select from used u where u.contact_id = p.id))
            """;

    private static final String USED = LOGIN + """
            , used as (
                select distinct l.contact_id
                from login l join usage.daily d on d.account_id = l.account_id and d.user_id = l.user_id
                join usage.feature f on f.id = d.feature_id
                where f.name = :used_feature and d.events > 0 and d.day > :since and d.day <= :today
            ), fitting as (select p.* from person p join used u on u.contact_id = p.id)
            """;

    private static final String STOPPED = LOGIN + """
            , used as (
                select l.contact_id, max(d.day) as last
                from login l join usage.daily d on d.account_id = l.account_id and d.user_id = l.user_id
                where d.events > 0
                group by l.contact_id
            ), fitting as (select p.* from person p join used u on u.contact_id = p.id where u.last <= :since)
            """;

    private static final String CUSTOMER_WITHOUT = """
            , fitting as (
                select p.* from person p
                where not exists (
                    select from usage.account_day d
                    where d.account_id = p.account_id and d.day > :since and d.day <= :today
                      and d.features @> array(select id from usage.feature where name = :used_feature))
            )
            """;

    private static final String JUDGED = """
            , said as (
                select distinct on (contact_id) contact_id, state, given_at from campaigns.consent
                where purpose = 'campaign' and contact_id is not null
                order by contact_id, given_at desc, created_at desc, id desc
            ), said_there as (
                select distinct on (address) address, state, given_at from campaigns.consent
                where purpose = 'campaign' and address is not null
                order by address, given_at desc, created_at desc, id desc
            ), objected as (
                select p.*,
                    case when p.email is null then 'No address is known.'
                        when p.email !~ '^[^@[:space:],;<>]+@[^@[:space:],;<>]+[.][^@[:space:],;<>]+$'
                            then 'The address is none that we can write to.'
                        when coalesce(case when t.given_at > s.given_at then t.state else s.state end, t.state) = 'refused'
                            then 'Wants no letters of this kind.'
                        when :asked_first and coalesce(s.state, t.state) is null
                            then 'Was never asked whether such letters are welcome.'
                        when dead.address is not null then 'The address is dead: ' || dead.reason
                        when complained.address is not null then 'Called an earlier letter of ours unwanted.'
                        else '' end as objection
                from fitting p
                left join said s on s.contact_id = p.id
                left join said_there t on t.address = lower(p.email)
                left join mail.dead_address dead on dead.address = lower(p.email)
                left join mail.complaint complained on complained.address = lower(p.email)
            ), ranked as (
                select *, row_number() over (partition by lower(email), objection = '' order by id) as nth,
                    first_value(name) over (partition by lower(email), objection = '' order by id) as first
                from objected
            ), judged as (
                select id, account_id, name, email, company, language, zone,
                    case when objection <> '' then objection
                        when email is not null and nth > 1 then 'The address gets it already: for ' || first || '.'
                        else '' end as why
                from ranked
            )
            """;

    static String judged(Behaviour behaviour) {
        return PERSON
                + switch (behaviour) {
                    case ANY -> ALL;
                    case POWER -> POWER;
                    case NEVER_USED -> NEVER_USED;
                    case USED -> USED;
                    case STOPPED -> STOPPED;
                    case CUSTOMER_WITHOUT -> CUSTOMER_WITHOUT;
                }
                + JUDGED;
    }
}
