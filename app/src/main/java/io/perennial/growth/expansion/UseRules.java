package io.perennial.growth.expansion;

/** What is used, feature by feature, from the packed months: on how many days of each window. */
final class UseRules {

    private static final String FEATURES = ExpansionRules.USUAL + """
            , used_days as materialized (
                select a.account_id, f.feature,
                    sum(growth.days_within(m.month, f.days, a.until - 28, a.until)) as d28,
                    sum(growth.days_within(m.month, f.days, a.until - 56, a.until - 28)) as d56,
                    sum(growth.days_within(m.month, f.days, a.until - 84, a.until - 56)) as d84,
                    sum(growth.days_within(m.month, f.days, a.until - 42, a.until)) as lately,
                    sum(growth.days_within(m.month, f.days, a.until - 70, a.until - 42)) as meanwhile,
                    sum(growth.days_within(m.month, f.days, a.until - 140, a.until - 70)) as long_ago
                from asked a
                join usage.account_month m on m.account_id = a.account_id and m.month > a.until - 172 and m.month <= a.until
                cross join lateral growth.feature_days(m.features) f
                where m.account_id = any(:accounts)
                group by 1, 2
            ), known as (
                select u.account_id, bool_or(u.d84 > 0) as before, bool_or(u.long_ago > 0) as long_ago
                from used_days u group by u.account_id
            )""";

    static final String ADVANCED = FEATURES + """
            , advanced as (
                select u.account_id, sum(u.d28) as d28, sum(u.d56) as d56, sum(u.d84) as d84, (sum(u.d56) + sum(u.d84)) / 2 as usual,
                    jsonb_agg(jsonb_build_array(c.name, u.d84, u.d56, u.d28) order by u.d28 desc, c.name)
                        filter (where u.d28 + u.d56 + u.d84 > 0) as features
                from used_days u
                join usage.catalogue c on c.id = u.feature and c.level = 'advanced' and not c.hidden
                group by u.account_id
            ), found as materialized (
                select a.account_id, '' as subject,
                    coalesce(a.held is null and k.before and d.d28 >= :advanced_days and d.d28 >= :advanced_rise * d.usual
                        and d.d28 >= d.d56, false) as opens,
                    coalesce(a.held is null and k.before and d.d28 >= :advanced_days_soft
                        and d.d28 >= :advanced_rise_soft * d.usual, false) as stays,
                    case
                        when a.held is not null then a.held
                        when a.until is null then 'Its use is not known.'
                        when d.account_id is null then 'It uses no feature that the catalogue calls advanced.'
                        when k.before is not true then 'It is new: there is nothing to compare with.'
                        when not (d.d28 >= :advanced_days and d.d28 >= :advanced_rise * d.usual and d.d28 >= d.d56)
                            then 'Feature days of four weeks: ' || d.d84 || ', ' || d.d56 || ', now ' || d.d28 || '.'
                    end as why,
                    growth.rough(a.arr * u.low) as low, growth.rough(a.arr * u.middle) as amount,
                    growth.rough(a.arr * u.high) as high, a.currency,
                    case when d.usual > 0 and d.d28 >= 2 * d.usual then 3 else 2 end as confidence,
                    jsonb_strip_nulls(jsonb_build_object('until', a.until, 'now', d.d28, 'before', d.d56, 'earlier', d.d84,
                        'features', d.features, 'arr', a.arr, 'bought_more', u.bought_more, 'of_segment', u.of_segment)) as facts
                from asked a
                left join known k on k.account_id = a.account_id
                left join advanced d on d.account_id = a.account_id
                left join usual u on u.account_id = a.account_id
            )""";

    static final String AREA = FEATURES + """
            , areas as (
                select u.account_id, c.product_area as area, max(u.lately) as lately, max(u.lately + u.meanwhile) as tried,
                    max(u.meanwhile) as meanwhile, max(u.long_ago) as long_ago,
                    jsonb_agg(jsonb_build_array(c.name, u.lately) order by u.lately desc, c.name) filter (where u.lately > 0)
                        as features
                from used_days u
                join usage.catalogue c on c.id = u.feature and c.product_area is not null and not c.hidden
                group by u.account_id, c.product_area
            ), found as materialized (
                select a.account_id, d.area as subject,
                    a.held is null and k.long_ago and d.lately >= :tried_days and d.meanwhile = 0 and d.long_ago = 0 as opens,
                    a.held is null and k.long_ago and d.tried >= :tried_days and d.long_ago = 0 as stays,
                    case
                        when a.held is not null then a.held
                        when k.long_ago is not true then 'It is new: everything is.'
                        when d.long_ago > 0 or d.meanwhile > 0 then 'It was used before.'
                        when d.lately < :tried_days then 'It was used on ' || d.lately || ' days in six weeks.'
                    end as why,
                    growth.rough(a.arr * u.low) as low, growth.rough(a.arr * u.middle) as amount,
                    growth.rough(a.arr * u.high) as high, a.currency, case when d.lately >= 10 then 2 else 1 end as confidence,
                    jsonb_strip_nulls(jsonb_build_object('area', d.area, 'until', a.until, 'days', d.lately,
                        'features', d.features, 'arr', a.arr, 'bought_more', u.bought_more, 'of_segment', u.of_segment)) as facts
                from areas d
                join asked a on a.account_id = d.account_id
                join known k on k.account_id = d.account_id
                left join usual u on u.account_id = d.account_id
            )""";

    private UseRules() {}
}
