package io.perennial.metrics.areas;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.List;

/**
 * Who may leave and who may buy less, by rules that stand here: version 1 of 23 November 2026. A customer is one or the other,
 * leaving first. Whoever changes a rule gives it another version, because the figures of both are not to be compared.
 */
final class RiskSql {

    static final String VERSION = "rules 1";

    /** Signals of somebody who is on the way out. */
    static final List<String> LEAVING = List.of("falling_usage", "too_few_requests", "upset_customer", "detractor");

    /** Signals of somebody who has more than they use. */
    static final List<String> REDUCING = List.of("licences_unused", "entitlement_unused");

    static final Reason NO_SCORES =
            new Reason("NO_HEALTH_SCORES", "No customer has a health score or a signal on that day.");
    private static final Reason NO_REVENUE = new Reason("NO_REVENUE", "No customer has recurring revenue on that day.");

    /** Health at the end of the period: the present one, or the last change before. */
    static final String STANDING = """
            standing as not materialized (
                select o.account_id, o.exact_score as score, o.band
                from accounts.overview o
                where cast(:lastDay as date) >= cast(:today as date) and o.band not in ('UNKNOWN', 'LEFT')
                union all
                select a.id, h.score, h.band
                from accounts.account a
                cross join lateral (
                    select s.score, s.band from health.score_change s
                    where s.account_id = a.id and s.at < :until order by s.at desc limit 1) h
                where cast(:lastDay as date) < cast(:today as date) and h.band not in ('UNKNOWN', 'LEFT')
            )""";

    private static final String RISK = STANDING + """
            ,
            warned as (
                select s.account_id, bool_or(s.cause in (%1$s)) as leaving, bool_or(s.cause in (%2$s)) as reducing,
                    string_agg(distinct replace(s.cause, '_', ' '), ', ') as causes
                from health.signal s
                where s.opened_at < :until and coalesce(s.closed_at, 'infinity') >= :until
                  and (s.closed_at is not null or s.state in ('open', 'acknowledged', 'snoozed'))
                  and s.cause in (%1$s, %2$s)
                group by 1
            ),
            risk as (
                select l.account_id, l.arr, l.currency, l.leads, h.band is not null as scored,
                    case when h.band = 'AT_RISK' or w.leaving then 'leave' when w.reducing then 'reduce' end as kind,
                    concat_ws(', ', 'health ' || round(h.score::numeric), w.causes) as why
                from live l
                left join standing h on h.account_id = l.account_id
                left join warned w on w.account_id = l.account_id
            )""".formatted(quoted(LEAVING), quoted(REDUCING));

    private RiskSql() {}

    private static String quoted(List<String> causes) {
        return "'" + String.join("', '", causes) + "'";
    }

    /** @param kind leave or reduce */
    static CustomerSpec customers(String kind) {
        return CustomerSpec.of(RISK, """
                        select r.account_id, true as counted, coalesce(r.kind = '%s', false) as hit, null::numeric as amount,
                            null::numeric as base, '' as currency, r.arr as rank, coalesce(nullif(r.why, ''), 'no sign of risk') as note,
                            r.scored or r.kind is not null as known
                        from risk r where r.leads""".formatted(kind), RiskSql::share, EngagementSql.NO_CUSTOMERS)
                .with("customers_without_a_score", "count(*) filter (where not f.known)");
    }

    private static Figure share(Tally tally) {
        BigDecimal blind = tally.further("customers_without_a_score");
        if (tally.n() > 0 && blind.longValue() == tally.n()) {
            return Figure.none(NO_SCORES).from(null, BigDecimal.valueOf(tally.n()));
        }
        Figure figure = CustomerSpec.share(tally, EngagementSql.NO_CUSTOMERS);
        return blind.signum() == 0 ? figure : figure.with("customers_without_a_score", blind);
    }

    /** @param condition on {@code r}: whose revenue is at risk */
    static CustomerSpec revenue(String condition) {
        return CustomerSpec.moneyShare(RISK, """
                        select r.account_id, r.arr > 0 as counted, coalesce(%1$s, false) as hit,
                            case when coalesce(%1$s, false) then r.arr else 0 end as amount, r.arr as base, r.currency,
                            case when coalesce(%1$s, false) then r.arr end as rank,
                            to_char(r.arr, 'FM999,999,999,990') || ' ' || r.currency || ' a year'
                                || coalesce(', may ' || r.kind, '') || coalesce(': ' || nullif(r.why, ''), '') as note,
                            r.scored or r.kind is not null as known
                        from risk r""".formatted(condition), NO_REVENUE)
                .with("customers_at_risk", "count(*) filter (where f.hit)")
                .with("customers_without_a_score", "count(*) filter (where not f.known)")
                .figure(tally -> {
                    BigDecimal blind = tally.further("customers_without_a_score");
                    if (tally.n() > 0 && blind.longValue() == tally.n()) {
                        return Figure.none(NO_SCORES).from(null, tally.base());
                    }
                    Figure figure = Figure.share(tally.amount(), tally.base(), NO_REVENUE)
                            .sampled(tally.n())
                            .with("customers_at_risk", tally.further("customers_at_risk"));
                    return blind.signum() == 0 ? figure : figure.with("customers_without_a_score", blind);
                });
    }

    /** Terms that end within 90 days of the end of the period. */
    static CustomerSpec revenueDue() {
        return revenue("""
                r.kind is not null and exists (select from contracts.contract_line n where n.account_id = r.account_id
                    and n.annual > 0 and coalesce(n.scheduled_ends_on, n.ends_on) > :lastDay
                    and coalesce(n.scheduled_ends_on, n.ends_on) <= cast(:lastDay as date) + 90)""");
    }
}
