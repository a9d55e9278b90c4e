package io.perennial.growth.expansion;

/**
 * The statements of the rules, over some accounts at once. Each ends in {@code found}: the account, the subject, whether a new
 * signal opens and whether an open one stays, why not, the money of a year with its range, how sure it is (1 to 3), and the facts.
 */
final class ExpansionRules {

    /**
     * Every rule begins here. {@code held}: why the customer is not asked for more now; whoever is at risk comes under "at risk",
     * not under growth. {@code until}: the last day whose use is known, null while it is not.
     */
    static final String ASKED = """
            asked as materialized (
                select o.account_id, coalesce(o.segment, '') as segment, o.arr, o.currency, o.seats, o.active_users as used,
                    case when not d.held then d.until end as until, coalesce(d.held, false) as silent,
                    case
                        when coalesce(o.arr, 0) <= 0 then 'It pays nothing that recurs today.'
                        when o.band = 'AT_RISK' then 'It is at risk: that comes first.'
                        when o.band = 'WATCH' then 'Its health is to be watched: that comes first.'
                        when o.band is distinct from 'HEALTHY' then 'Its health is not known to be good.'
                        when urgent.account_id is not null then 'An urgent signal is open: that comes first.'
                    end as held
                from accounts.overview o
                left join usage.adoption d on d.account_id = o.account_id
                left join (
                    select distinct s.account_id from health.signal s
                    where s.account_id = any(:accounts) and s.urgency = 'now' and s.state in ('open', 'acknowledged')
                ) urgent on urgent.account_id = o.account_id
                where o.account_id = any(:accounts)
            )""";

    /** What customers of the segment added who bought more within a year, as a share of what they paid. */
    static final String USUAL = """
            usual as (
                select a.account_id, p.low, p.middle, p.high, p.bought_more,
                    case when p.everybody then '' else p.segment end as of_segment
                from asked a
                join lateral (
                    select * from growth.peers p
                    where p.bought_more >= :estimate_enough
                      and (p.everybody or p.segment = a.segment and a.segment <> '')
                    order by p.everybody limit 1
                ) p on true
            )""";

    /** An answer that the goal is reached, the latest one of each customer. */
    private static final String GOAL_REACHED = USUAL + """
            , said as (
                select distinct on (r.account_id) r.account_id, r.score, r.scale_max, r.comment,
                    cast(r.answered_at at time zone 'UTC' as date) as answered_on
                from surveys.survey_response r
                where r.account_id = any(:accounts) and r.kind = 'success' and r.score is not null and r.scale_max > 0
                order by r.account_id, r.answered_at desc
            ), found as materialized (
                select a.account_id, '' as subject,
                    coalesce(a.held is null and s.score >= :reached * s.scale_max
                        and :today - s.answered_on <= :reached_days, false) as opens,
                    coalesce(a.held is null and s.score >= :reached * s.scale_max
                        and :today - s.answered_on <= :reached_days_soft, false) as stays,
                    case
                        when a.held is not null then a.held
                        when s.account_id is null then 'Nobody was asked, or nobody answered, whether the goal is reached.'
                        when :today - s.answered_on > :reached_days then 'The last answer is of ' || s.answered_on || ': too old.'
                        when s.score < :reached * s.scale_max
                            then 'The last answer is ' || trim_scale(s.score) || ' of ' || trim_scale(s.scale_max) || '.'
                    end as why,
                    growth.rough(a.arr * u.low) as low, growth.rough(a.arr * u.middle) as amount,
                    growth.rough(a.arr * u.high) as high, a.currency, 2 as confidence,
                    jsonb_strip_nulls(jsonb_build_object('score', s.score, 'scale', s.scale_max, 'comment', s.comment,
                        'on', s.answered_on, 'arr', a.arr, 'bought_more', u.bought_more, 'of_segment', u.of_segment)) as facts
                from asked a
                left join said s on s.account_id = a.account_id
                left join usual u on u.account_id = a.account_id
            )""";

    /** Units of the running terms of programs. */
    private static final String PROGRAM_USED_UP = """
            pots as (
                select a.account_id, a.held, p.unit, p.title, p.program, p.granted, p.reserved + p.consumed as used, p.ends_on,
                    u.worth, u.currency,
                    greatest(1, ceil((p.reserved + p.consumed) / (:today - p.starts_on + 1) * (p.ends_on - :today)
                        - (p.granted - p.reserved - p.consumed))) as wanted
                from asked a
                join programs.pot p on p.account_id = a.account_id
                left join programs.enrolment e on e.id = p.enrolment_id
                left join programs.version_unit u on u.version_id = e.version_id and u.unit = p.unit
                where p.account_id = any(:accounts) and p.granted > 0 and p.starts_on <= :today and p.ends_on > :today
            ), found as materialized (
                select distinct on (p.account_id, p.unit) p.account_id, p.unit as subject,
                    p.held is null and p.used >= :used_up * p.granted and p.ends_on - :today >= :term_left as opens,
                    p.held is null and p.used >= :used_up_soft * p.granted as stays,
                    case
                        when p.held is not null then p.held
                        when p.used < :used_up * p.granted or p.ends_on - :today < :term_left
                            then trim_scale(p.used) || ' of ' || trim_scale(p.granted) || ' ' || p.title || ' are used, until '
                                || p.ends_on || '.'
                    end as why,
                    growth.rough(ceil(p.wanted / 2) * p.worth) as low, growth.rough(p.wanted * p.worth) as amount,
                    growth.rough(ceil(p.wanted * 1.5) * p.worth) as high, p.currency, 2 as confidence,
                    jsonb_strip_nulls(jsonb_build_object('title', p.title, 'program', p.program, 'granted', p.granted,
                        'used', p.used, 'ends', p.ends_on, 'wanted', p.wanted, 'worth', p.worth)) as facts
                from pots p
                order by p.account_id, p.unit, p.used / p.granted desc
            )""";

    /**
     * Products that customers with the same main product have beside it: plans that take each other's place are never owned
     * together, and so are never offered.
     */
    private static final String PEERS_OWN = """
            mine as materialized (
                select h.account_id, h.product,
                    row_number() over (partition by h.account_id order by h.annual desc, h.product) = 1 as main
                from growth.holdings(:today) h
                where h.account_id = any(:accounts)
            ), scope as (
                select a.account_id, a.held, a.currency, m.product as base, s.segment is null as everybody,
                    coalesce(s.segment, '') as segment, r.units,
                    case when r.currency is null then a.currency else own.currency end as world
                from asked a
                join mine m on m.account_id = a.account_id and m.main
                left join growth.peer_product s on not s.everybody and s.segment = a.segment and a.segment <> ''
                    and s.product = m.product and s.mains >= :peers_enough
                left join contracts.exchange_rate own on own.own
                left join contracts.exchange_rate r on r.currency = a.currency and own.currency is not null
            ), pairs as (
                select s.*, b.mains, p.product, p.together, p.together::numeric / b.mains as share,
                    c.low * coalesce(s.units, 1) as low, c.middle * coalesce(s.units, 1) as middle,
                    c.high * coalesce(s.units, 1) as high, c.owners as priced,
                    row_number() over (partition by s.account_id
                        order by p.together::numeric / b.mains * coalesce(c.middle * coalesce(s.units, 1), 0) desc,
                            p.together desc, p.product) as place
                from scope s
                join growth.peer_product b on b.everybody = s.everybody and b.segment = s.segment and b.product = s.base
                    and b.mains >= :peers_enough
                join growth.peer_pair p on p.everybody = s.everybody and p.segment = s.segment and p.base = s.base
                    and p.together >= :peers_share_soft * b.mains
                left join growth.peer_price c on c.everybody = s.everybody and c.segment = s.segment
                    and c.product = p.product and c.currency = s.world
                where not exists (
                        select from contracts.contract_line l
                        where l.account_id = s.account_id and lower(l.product) = lower(p.product))
                  and not exists (
                        select from growth.opportunity o
                        where o.account_id = s.account_id and o.phase not in ('won', 'lost')
                          and lower(o.product) = lower(p.product))
            ), found as materialized (
                select p.account_id, p.product as subject,
                    p.held is null and p.share >= :peers_share and p.place <= :peers_most as opens,
                    p.held is null as stays,
                    case
                        when p.held is not null then p.held
                        when p.share < :peers_share or p.place > :peers_most then p.together || ' of ' || p.mains
                            || ' customers with ' || p.base || ' have it (' || round(100 * p.share) || ' %).'
                    end as why,
                    growth.rough(p.low) as low, growth.rough(p.middle) as amount, growth.rough(p.high) as high, p.currency,
                    case when p.share >= 0.7 and p.mains >= 30 then 3 when p.share >= 0.5 then 2 else 1 end as confidence,
                    jsonb_strip_nulls(jsonb_build_object('product', p.product, 'base', p.base, 'peers', p.mains,
                        'owners', p.together, 'segment', p.segment, 'priced', p.priced)) as facts
                from pairs p
            )""";

    private ExpansionRules() {}

    /** The parts of the rule's statement after {@link #ASKED}, up to {@code found}. */
    static String of(ExpansionKind kind) {
        return switch (kind) {
            case LICENCES_NEAR_LIMIT -> SeatRules.NEAR_LIMIT;
            case USERS_BEYOND_SEATS -> SeatRules.BEYOND;
            case ADVANCED_USE_GROWS -> UseRules.ADVANCED;
            case AREA_TRIED -> UseRules.AREA;
            case GOAL_REACHED -> GOAL_REACHED;
            case OUTCOME_REACHED -> OutcomeRules.REACHED;
            case PROGRAM_USED_UP -> PROGRAM_USED_UP;
            case PEERS_OWN -> PEERS_OWN;
        };
    }
}
