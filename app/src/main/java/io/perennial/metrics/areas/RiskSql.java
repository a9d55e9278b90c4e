package io.perennial.metrics.areas;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * Who may leave and who may buy less, by rules that stand here: version 3 of 23 November 2026. Version 2 hears what the people who
 * speak with a customer say of its mood, version 3 whose term is over and not renewed. A customer is one or the other, leaving first. Whoever changes a rule gives it another version, because the figures of both are not to be compared.
 */
final class RiskSql {

    static final String VERSION = "rules 3";

    /** Signals of somebody who is on the way out. */
    static final List<String> LEAVING =
            List.of("falling_usage", "too_few_requests", "upset_customer", "detractor", "renewal_overdue");

    /** Moods of somebody who thinks of another vendor, as the last word about them says. */
    static final List<String> MOODS = List.of("restless", "angry");

    /** A mood counts so many days. */
    static final int MOOD_DAYS = 90;

    /** Signals of somebody who has more than they use. */
    static final List<String> REDUCING = List.of("licences_unused", "entitlement_unused");

    private static final List<String> KINDS = List.of("leave", "reduce");
    private static final String BLIND = "customers_without_a_score";
    private static final List<String> COLOURS = List.of("customers_healthy", "customers_to_watch", "customers_at_risk");

    static final Reason NO_SCORES =
            new Reason("NO_HEALTH_SCORES", "No customer has a health score or a signal on that day.");
    private static final Reason NO_HISTORY = new Reason(
            "NO_HISTORY",
            "How often customers of a colour leave is not known yet: scores of a year ago are needed, and what became of them.");
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

    private static final String RISK =
            STANDING + """
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
            felt as (
                select distinct on (t.account_id) t.account_id, metrics.mood_of(t.sentiment) as mood
                from engagement.touchpoint t
                where t.conversation and t.at < :until and t.at >= cast(:until as timestamptz) - interval '%4$d days'
                  and metrics.mood_of(t.sentiment) is not null
                order by t.account_id, t.at desc, t.id desc
            ),
            risk as (
                select l.account_id, l.arr, l.currency, l.leads, h.band, h.band is not null as scored,
                    case when h.band = 'AT_RISK' or w.leaving or f.mood in (%3$s) then 'leave'
                        when w.reducing then 'reduce' end as kind,
                    concat_ws(', ', 'health ' || round(h.score::numeric), w.causes,
                        case when f.mood in (%3$s) then 'said to be ' || f.mood end) as why
                from live l
                left join standing h on h.account_id = l.account_id
                left join warned w on w.account_id = l.account_id
                left join felt f on f.account_id = l.account_id
            )""".formatted(quoted(LEAVING), quoted(REDUCING), quoted(MOODS), MOOD_DAYS);

    private RiskSql() {}

    private static String quoted(List<String> causes) {
        return "'" + String.join("', '", causes) + "'";
    }

    /** The mean of the scores, and how many customers are of which colour. */
    static CustomerSpec scores() {
        return CustomerSpec.of(
                        STANDING,
                        """
                        select l.account_id, h.score is not null as counted, h.band = 'AT_RISK' as hit, h.score::numeric as amount,
                            1::numeric as base, '' as currency, -h.score::numeric as rank, h.band,
                            coalesce(round(h.score::numeric) || ', ' || lower(replace(h.band, '_', ' ')), 'not enough data') as note
                        from live l left join standing h on h.account_id = l.account_id
                        where l.leads""",
                        tally -> {
                            Figure figure = CustomerSpec.ratio(tally, NO_SCORES);
                            for (String colour : COLOURS) {
                                figure = figure.with(colour, tally.further(colour));
                            }
                            return figure;
                        },
                        NO_SCORES)
                .with(COLOURS.get(0), "count(*) filter (where f.band = 'HEALTHY')")
                .with(COLOURS.get(1), "count(*) filter (where f.band = 'WATCH')")
                .with(COLOURS.get(2), "count(*) filter (where f.band = 'AT_RISK')")
                .leavingOut("customers without enough data for a score", "not f.counted");
    }

    /** @param kind leave or reduce; empty for both */
    static CustomerSpec customers(String kind) {
        CustomerSpec spec = CustomerSpec.ofClass(RISK, """
                        select r.account_id, true as counted, r.kind is not null as hit, r.kind as class, null::numeric as amount,
                            null::numeric as base, '' as currency, r.arr as rank,
                            coalesce(nullif(r.why, ''), 'no sign of risk') as note, r.scored or r.kind is not null as known
                        from risk r where r.leads""", KINDS, kind, RiskSql::share, EngagementSql.NO_CUSTOMERS)
                .with(BLIND, "count(*) filter (where not f.known)");
        return kind.isEmpty()
                ? spec.hit("f.class is not null")
                        .figure(tally -> share(
                                KINDS.stream()
                                        .mapToLong(each -> tally.further(each).longValue())
                                        .sum(),
                                tally))
                : spec;
    }

    private static Figure share(long hits, Tally tally) {
        BigDecimal blind = tally.further(BLIND);
        BigDecimal all = BigDecimal.valueOf(tally.n());
        if (tally.n() > 0 && blind.longValue() == tally.n()) {
            return Figure.none(NO_SCORES).from(null, all);
        }
        Figure figure = Figure.share(BigDecimal.valueOf(hits), all, EngagementSql.NO_CUSTOMERS)
                .sampled(tally.n());
        return blind.signum() == 0 ? figure : figure.with(BLIND, blind);
    }

    /** How revenue at risk can be counted, each with whose it is and how much of it; all are read at once. */
    enum Threat {
        ALL("f.kind is not null", "f.base"),
        LEAVING("f.kind = 'leave'", "f.base"),
        REDUCING("f.kind = 'reduce'", "f.base"),
        /** Of who may leave everything; of who may buy less what nobody uses, or all where that is not known. */
        THREATENED("f.kind is not null", "case f.kind when 'leave' then f.base else f.base * f.unused end"),
        /** Terms that end within 90 days of the end of the period. */
        DUE("f.kind is not null and f.due", "f.base");

        private final String condition;
        private final String part;

        Threat(String condition, String part) {
            this.condition = condition;
            this.part = part;
        }

        String amount() {
            return "amount_" + name().toLowerCase(Locale.ROOT);
        }

        String customers() {
            return "customers_" + name().toLowerCase(Locale.ROOT);
        }
    }

    static CustomerSpec revenue(Threat threat) {
        CustomerSpec spec =
                CustomerSpec.moneyShare(RISK, """
                        select r.account_id, r.arr > 0 as counted, r.kind is not null as hit, r.kind, r.arr as amount, r.arr as base,
                            r.currency, case when r.kind is not null then r.arr end as rank,
                            coalesce(u.unused::numeric / nullif(u.seats, 0), 1) as unused,
                            r.kind is not null and exists (
                                select from contracts.contract_line n where n.account_id = r.account_id
                                and n.annual > 0 and coalesce(n.scheduled_ends_on, n.ends_on) > :lastDay
                                and coalesce(n.scheduled_ends_on, n.ends_on) <= cast(:lastDay as date) + 90) as due,
                            to_char(r.arr, 'FM999,999,999,990') || ' ' || r.currency || ' a year'
                                || coalesce(', may ' || r.kind, '') || coalesce(': ' || nullif(r.why, ''), '') as note,
                            r.scored or r.kind is not null as known
                        from risk r
                        left join usage.adoption u on r.kind = 'reduce' and u.account_id = r.account_id
                            and u.until between cast(:lastDay as date) - 27 and cast(:lastDay as date)""", NO_REVENUE).with(BLIND, "count(*) filter (where not f.known)");
        for (Threat each : Threat.values()) {
            spec = spec.with(
                            each.amount(), "sum(" + each.part + ") filter (where f.counted and " + each.condition + ")")
                    .with(each.customers(), "count(*) filter (where f.counted and " + each.condition + ")");
        }
        return spec.hit(threat.condition).figure(tally -> atRisk(threat, tally));
    }

    private static Figure atRisk(Threat threat, Tally tally) {
        BigDecimal blind = tally.further(BLIND);
        if (tally.n() > 0 && blind.longValue() == tally.n()) {
            return Figure.none(NO_SCORES).from(null, tally.base());
        }
        Figure figure = Figure.share(tally.further(threat.amount()), tally.base(), NO_REVENUE)
                .sampled(tally.n())
                .with("customers_at_risk", tally.further(threat.customers()));
        return blind.signum() == 0 ? figure : figure.with(BLIND, blind);
    }

    /**
     * Revenue times how often customers of the same colour left in the year before. Who had no colour then, or has none now, is
     * told beside.
     */
    static CustomerSpec expected() {
        return CustomerSpec.moneyShare(RISK + """
                        ,
                        odds as materialized (
                            select h.band, count(*) filter (where m.movement = 'churn')::numeric / count(*) as p, count(*) as customers
                            from contracts.revenue_movements(cast(:lastDay as date) - 365, :lastDay, :today, true) m
                            cross join lateral (
                                select s.band from health.score_change s
                                where s.account_id = m.account_id
                                  and s.at < (cast(:lastDay as date) - 364)::timestamp at time zone 'UTC'
                                order by s.at desc limit 1) h
                            where m.leads and m.live_started and h.band not in ('UNKNOWN', 'LEFT')
                            group by 1
                        )""", """
                        select r.account_id, o.p is not null and r.arr > 0 as counted, o.p > 0 as hit, r.arr * o.p as amount,
                            r.arr as base, r.currency, r.arr * o.p as rank,
                            to_char(r.arr, 'FM999,999,999,990') || ' ' || r.currency || ' a year'
                                || coalesce(' times ' || round(100 * o.p, 1) || ' %: ' || lower(replace(r.band, '_', ' ')) || ', '
                                    || o.customers || ' customers were a year before', ', no colour now or then') as note
                        from risk r left join odds o on o.band = r.band""", NO_HISTORY)
                .leavingOut("no colour now, or nobody had it a year before", "not f.counted");
    }
}
