package io.perennial.growth.expansion;

/**
 * Licences in use against those that were bought. How many people use the product is known for four weeks; how it came there, by
 * the busiest day of each of twelve weeks. The trend of those days is taken for the trend of people, in proportion.
 */
final class SeatRules {

    private static final String SEATS = """
            weeks as materialized (
                select a.account_id, (a.until - u.day) / 7 as ago, a.until - (a.until - u.day) / 7 * 7 as week,
                    max(u.active_users) as peak
                from asked a
                join usage.account_day u on u.account_id = a.account_id and u.day > a.until - 84 and u.day <= a.until
                where a.seats > 0 and a.used > 0 and u.account_id = any(:accounts) and u.active_users is not null
                group by 1, 2, 3
            ), trend as (
                select w.account_id, count(*) as weeks, max(w.peak) filter (where w.ago < 4) as recent,
                    regr_slope(w.peak, -w.ago) as slope, regr_r2(w.peak, -w.ago) as fit,
                    jsonb_agg(jsonb_build_array(w.week, w.peak) order by w.week) as peaks,
                    array_agg(w.peak) filter (where w.ago < 4) as last_peaks
                from weeks w
                group by w.account_id
            ), priced as (
                select distinct on (h.account_id) h.account_id, h.annual / h.seats as price, h.currency
                from growth.holdings(:today) h
                where h.account_id = any(:accounts) and h.seats > 0 and h.annual > 0
                order by h.account_id, h.annual desc, h.product
            ), seen as (
                select a.account_id, a.held, a.until, a.seats, a.used, t.weeks, t.fit, t.peaks, t.recent,
                    round((t.slope * a.used / nullif(t.recent, 0))::numeric, 6) as slope, a.used::float8 / nullif(a.seats, 0) as share,
                    (select count(*) from unnest(t.last_peaks) p
                        where p::float8 * a.used >= :near_soft * a.seats * t.recent) as near_weeks,
                    p.price, p.currency
                from asked a
                left join trend t on t.account_id = a.account_id
                left join priced p on p.account_id = a.account_id
            ), going as (
                select s.*, coalesce(s.weeks >= :trend_weeks and s.slope * 12 >= :trend_step * s.seats and s.fit >= :trend_fit,
                    false) as growing
                from seen s
            ), judged as (
                select g.*,
                    case when g.growing and g.used <= g.seats then ceil((g.seats - g.used) / g.slope)::int * 7 end as days_left,
                    case
                        when g.held is not null then g.held
                        when g.seats is null or g.seats = 0 then 'No contract says how many licences it has.'
                        when g.until is null then 'Its use is not known.'
                        when g.used is null then 'Its use does not say how many people.'
                    end as unknown
                from going g
            )""";

    static final String NEAR_LIMIT = SEATS + """
            , found as materialized (
                select j.account_id, '' as subject,
                    coalesce(j.unknown is null and j.used <= j.seats
                        and (j.share >= :near and j.near_weeks >= :near_weeks
                            or j.days_left <= :soon and j.share >= :some), false) as opens,
                    coalesce(j.unknown is null and j.used <= j.seats
                        and (j.share >= :near_soft or j.days_left <= :soon_soft and j.share >= :some_soft), false) as stays,
                    case
                        when j.unknown is not null then j.unknown
                        when j.used > j.seats then 'More people use it than there are licences.'
                        when not (j.share >= :near and j.near_weeks >= :near_weeks
                            or coalesce(j.days_left, 9999) <= :soon and j.share >= :some)
                            then j.used || ' of ' || j.seats || ' licences are used (' || round((100 * j.share)::numeric) || ' %), '
                                || case
                                    when j.days_left is not null then 'and they last ' || j.days_left || ' days at this trend.'
                                    when j.share >= :near then 'but not near the limit in enough of the last four weeks.'
                                    else 'without a steady trend.'
                                end
                    end as why,
                    growth.rough(w.low * j.price) as low, growth.rough(w.middle * j.price) as amount,
                    growth.rough(w.high * j.price) as high, j.currency,
                    case when j.growing and j.fit >= :trend_good_fit then 3 when j.growing then 2 else 1 end as confidence,
                    jsonb_strip_nulls(jsonb_build_object('seats', j.seats, 'used', j.used, 'until', j.until, 'peaks', j.peaks,
                        'near_weeks', j.near_weeks, 'slope', case when j.growing then round(j.slope, 1) end,
                        'fit', round(j.fit::numeric, 2), 'out', j.until + j.days_left, 'price', round(j.price, 2),
                        'low_seats', w.low, 'seats_more', w.middle, 'high_seats', w.high)) as facts
                from judged j
                cross join lateral (
                    select
                        case when j.growing then least(j.seats, greatest(1, ceil(j.used + 13 * j.slope - j.seats)))
                            else 1 end::numeric as low,
                        case when j.growing then least(j.seats, greatest(1, ceil(j.used + 26 * j.slope - j.seats)))
                            else greatest(1, ceil(0.1 * j.seats)) end::numeric as middle,
                        case when j.growing then least(j.seats, greatest(1, ceil(j.used + 52 * j.slope - j.seats)))
                            else greatest(1, ceil(0.2 * j.seats)) end::numeric as high
                ) w
            )""";

    static final String BEYOND = SEATS + """
            , found as materialized (
                select j.account_id, '' as subject,
                    coalesce(j.unknown is null and j.used > j.seats and j.used <= :beyond_belief * j.seats, false) as opens,
                    coalesce(j.unknown is null and j.used > j.seats and j.used <= :beyond_belief * j.seats, false) as stays,
                    case
                        when j.unknown is not null then j.unknown
                        when j.used <= j.seats then j.used || ' people in four weeks, ' || j.seats || ' licences.'
                        when j.used > :beyond_belief * j.seats then j.used || ' people for ' || j.seats
                            || ' licences: these licences do not count people.'
                    end as why,
                    growth.rough(greatest(1, j.recent - j.seats) * j.price) as low,
                    growth.rough(ceil((greatest(1, j.recent - j.seats) + j.used - j.seats) / 2.0) * j.price) as amount,
                    growth.rough((j.used - j.seats) * j.price) as high, j.currency,
                    case when j.recent > j.seats then 3 else 2 end as confidence,
                    jsonb_strip_nulls(jsonb_build_object('seats', j.seats, 'used', j.used, 'until', j.until, 'peaks', j.peaks,
                        'recent', j.recent, 'price', round(j.price, 2))) as facts
                from judged j
            )""";

    private SeatRules() {}
}
