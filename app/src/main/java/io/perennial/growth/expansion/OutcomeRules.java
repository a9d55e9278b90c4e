package io.perennial.growth.expansion;

/** The statement of the rule about success plans: outcomes that were reached lately, each plan once. */
final class OutcomeRules {

    static final String REACHED = ExpansionRules.USUAL + """
            , reached as (
                select r.account_id, r.plan_id, min(r.plan) as plan, max(r.reached_on) as reached_on, count(*) as outcomes,
                    count(r.confirmed_at) as confirmed,
                    string_agg(r.name, '; ' order by r.reached_on desc, r.name) as names
                from success.outcomes_reached r
                where r.account_id = any(:accounts) and r.reached_on <= :today
                  and :today - r.reached_on <= :reached_days_soft
                group by 1, 2
            ), found as materialized (
                select a.account_id, coalesce(r.plan, '') as subject,
                    coalesce(a.held is null and :today - r.reached_on <= :reached_days, false) as opens,
                    coalesce(a.held is null and r.plan_id is not null, false) as stays,
                    case
                        when a.held is not null then a.held
                        when r.plan_id is null then 'No outcome of a success plan was reached lately.'
                        when :today - r.reached_on > :reached_days then 'The last one was reached on ' || r.reached_on || ': too long ago.'
                    end as why,
                    growth.rough(a.arr * u.low) as low, growth.rough(a.arr * u.middle) as amount,
                    growth.rough(a.arr * u.high) as high, a.currency, case when r.confirmed > 0 then 3 else 2 end as confidence,
                    jsonb_strip_nulls(jsonb_build_object('plan', r.plan, 'plan_id', r.plan_id, 'outcomes', r.outcomes,
                        'confirmed', r.confirmed, 'names', left(r.names, 300), 'on', r.reached_on, 'arr', a.arr,
                        'bought_more', u.bought_more, 'of_segment', u.of_segment)) as facts
                from asked a
                left join (
                    select distinct on (r.account_id, r.plan) r.* from reached r
                    order by r.account_id, r.plan, r.reached_on desc, r.plan_id) r on r.account_id = a.account_id
                left join usual u on u.account_id = a.account_id
            )""";

    private OutcomeRules() {}
}
