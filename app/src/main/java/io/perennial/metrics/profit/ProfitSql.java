package io.perennial.metrics.profit;

import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Reason;
import io.perennial.metrics.areas.CustomerSpec;
import io.perennial.metrics.areas.Tally;
import java.math.BigDecimal;
import java.util.List;

/**
 * Cost, revenue and margin of service by customer. Costs are kept by month, so a period stands for the months that begin in it; the
 * present month counts as far as it has gone.
 */
final class ProfitSql {

    static final Reason NO_COST = new Reason(
            "NO_COST", "No work is on record in these months, or nobody has said what an hour or a case costs.");
    static final Reason NO_REVENUE =
            new Reason("NO_SERVICE_REVENUE", "No contract line of kind service or maintenance runs in these months.");
    private static final Reason NO_DEFECT_COST = new Reason(
            "NO_DEFECT_COST",
            "No solved case has a defect as its cause, or nobody has said what an hour or a case costs.");
    static final String UNKNOWN_COST = "customers with work whose cost is not known";

    /** Kinds of work in their order. */
    static final List<String> KINDS = List.of("cases", "time", "touchpoints", "tasks", "units");

    /** Of several currencies with rates between them, everything in the company's own. */
    static final String RATES = """
            left join contracts.exchange_rate own on own.own
            left join contracts.exchange_rate x on x.currency = %s and own.currency is not null""";

    /** The months that begin in the period, as days. */
    private static final String MONTHS = """
            months as (
                select (date_trunc('month', cast(:firstDay as timestamp) + interval '1 month - 1 day'))::date as starts,
                    least((date_trunc('month', cast(:lastDay as timestamp)) + interval '1 month')::date,
                        cast(:today as date) + 1) as ends
            )""";

    /** What was spent; by program as it was said, where nothing was said by the customer's own. */
    private static String spent(boolean byProgram) {
        return MONTHS
                + (byProgram ? HOME : "")
                + """
            ,
            spent as (
                select k.account_id, coalesce(case when x.currency is null then k.currency else own.currency end, '') as currency,
                    sum((k.direct + k.overhead) / coalesce(x.units, 1)) as cost,
                    sum(k.overhead / coalesce(x.units, 1)) as overhead, sum(k.estimated / coalesce(x.units, 1)) as estimated,
                    sum(k.minutes) as minutes, sum(k.items) as items, sum(k.uncosted) as uncosted, %s as program,
            %s
                from metrics.cost k
            %s
            %s
                where k.month >= (select starts from months) and k.month < (select ends from months)
                group by k.account_id, 2%s
            )""".formatted(
                        byProgram ? "coalesce(p.name, nullif(k.program, ''), h.name, '')" : "''",
                        String.join(
                                        ",\n",
                                        KINDS.stream()
                                                .map(kind -> ("    sum((k.direct + k.overhead) / coalesce(x.units, 1))"
                                                                + " filter (where k.kind = '%1$s') as %1$s")
                                                        .formatted(kind))
                                                .toList())
                                .indent(4)
                                .stripTrailing(),
                        RATES.formatted("k.currency").indent(4).stripTrailing(),
                        byProgram ? """
                        left join home h on h.account_id = k.account_id
                        left join lateral (
                            select g.name from programs.program g
                            where k.program <> '' and k.program in (g.key, lower(g.name)) order by g.tier desc limit 1) p on true""" : "",
                        byProgram ? ", coalesce(p.name, nullif(k.program, ''), h.name, '')" : "");
    }

    /** What was earned; by the program that the line names, else that its contract bought, else the customer's own. */
    private static String earned(boolean byProgram) {
        return """
            earned as (
                select l.account_id, case when x.currency is null then l.currency else own.currency end as currency,
                    sum(l.annual / 12 / coalesce(x.units, 1) * (metrics.months_at(least(l.runs_until, m.ends))
                        - metrics.months_at(greatest(l.starts_on, m.starts)))) as revenue,
                    count(*) as lines, %s as program
                from months m
                join contracts.runs l on coalesce(l.kind, '') in ('service', 'maintenance') and l.annual <> 0
                    and l.starts_on < m.ends and l.runs_until > m.starts and m.starts < m.ends
            %s
            %s
                group by l.account_id, 2%s
            )""".formatted(
                        byProgram ? "coalesce(p.name, nullif(btrim(l.program), ''), b.name, h.name, '')" : "''",
                        RATES.formatted("l.currency").indent(4).stripTrailing(),
                        byProgram ? """
                        left join home h on h.account_id = l.account_id
                        left join lateral (
                            select g.name from programs.program g
                            where lower(btrim(l.program)) in (g.key, lower(g.name)) order by g.tier desc limit 1) p on true
                        left join (
                            select e.contract_id, g.name
                            from programs.enrolment e join programs.version v on v.id = e.version_id
                            join programs.program g on g.id = v.program_id
                        ) b on b.contract_id = l.contract_id""" : "",
                        byProgram ? ", coalesce(p.name, nullif(btrim(l.program), ''), b.name, h.name, '')" : "");
    }

    /** The program of each customer, where neither work nor line says one. */
    private static final String HOME = """
            ,
            home as materialized (
                select distinct on (e.account_id) e.account_id, p.name
                from programs.enrolment e join programs.version v on v.id = e.version_id
                join programs.program p on p.id = v.program_id
                where e.starts_on <= :lastDay and (e.ends_on is null or e.ends_on > :firstDay)
                order by e.account_id, (e.starts_on <= :firstDay) desc, p.tier desc, e.starts_on
            )""";

    /** The program at the beginning of the period; of who came later the first. Asked for only where it is used. */
    static final String PROGRAM = """
            left join (
                select distinct on (e.account_id) e.account_id, p.name
                from programs.enrolment e join programs.version v on v.id = e.version_id
                join programs.program p on p.id = v.program_id
                where e.starts_on <= :lastDay and (e.ends_on is null or e.ends_on > :firstDay)
                order by e.account_id, (e.starts_on <= :firstDay) desc, p.tier desc, e.starts_on
            ) g on g.account_id = %s""";

    private static final String WORK = """
            %s || coalesce(round(s.minutes / 60, 1)::text, '0') || ' h, ' || coalesce(s.items, 0) || ' items'
                || case when s.uncosted > 0 then ', ' || s.uncosted || ' without a cost' else '' end""";

    private ProfitSql() {}

    static String money(String amount, String currency) {
        return "to_char(" + amount + ", 'FM999,999,999,990.00') || ' ' || " + currency;
    }

    static CustomerSpec cost(boolean each) {
        return cost(each, false);
    }

    /** @param byProgram a row for each program of a customer */
    static CustomerSpec cost(boolean each, boolean byProgram) {
        CustomerSpec spec = new CustomerSpec(
                spent(byProgram),
                """
                select s.account_id, s.currency <> '' as counted, s.estimated > 0 as hit, s.cost as amount,
                    null::numeric as base, s.currency, s.cost as rank, %s as note, s.program,
                    s.minutes, s.overhead, s.estimated, s.cases, s.time, s.touchpoints, s.tasks, s.units
                from spent s""".formatted(WORK.formatted("case when s.currency = '' then '' else "
                                + money("s.cost", "s.currency || ': '") + " end")
                        .strip()),
                java.util.Map.of(),
                java.util.Map.of(),
                true,
                tally -> figure(tally, each),
                NO_COST);
        for (String kind : KINDS) {
            spec = spec.with(kind, "sum(f." + kind + ")");
        }
        return spec.with("overhead", "sum(f.overhead)")
                .with("estimated", "sum(f.estimated)")
                .with("hours", "sum(f.minutes) / 60")
                .with("customers", "count(distinct f.account_id) filter (where f.counted)")
                .leavingOut(UNKNOWN_COST, "not f.counted");
    }

    private static Figure figure(Tally tally, boolean each) {
        BigDecimal customers = tally.further("customers");
        if (tally.n() == 0) {
            return Figure.none(NO_COST);
        }
        Figure figure = each
                ? Figure.of(Exact.divide(tally.amount(), customers)).from(tally.amount(), customers)
                : Figure.of(tally.amount());
        for (String kind : KINDS) {
            if (tally.further(kind).signum() > 0) {
                figure = figure.with(kind, tally.further(kind));
            }
        }
        figure = figure.with("overhead", tally.further("overhead"));
        return figure.with("estimated", tally.further("estimated"))
                .with("hours", tally.further("hours"))
                .with("customers", customers);
    }

    static CustomerSpec revenue(boolean byProgram) {
        return new CustomerSpec(
                        MONTHS + (byProgram ? HOME : "") + ",\n" + earned(byProgram),
                        """
                        select e.account_id, true as counted, true as hit, e.revenue as amount, null::numeric as base, e.currency,
                            e.revenue as rank, %s || ', ' || e.lines || ' lines' as note, e.program
                        from earned e""".formatted(money("e.revenue", "e.currency")),
                        java.util.Map.of(),
                        java.util.Map.of(),
                        true,
                        tally -> Figure.of(tally.amount()).with("customers", tally.further("customers")),
                        NO_REVENUE)
                .with("customers", "count(distinct f.account_id) filter (where f.counted)");
    }

    /** Customers who cost more than their service brings are those counted. */
    static CustomerSpec margin(boolean byProgram) {
        return new CustomerSpec(
                        spent(byProgram) + ",\n" + earned(byProgram),
                        """
                        select y.account_id, y.currency <> '' as counted, y.revenue < y.cost as hit,
                            y.revenue - y.cost as amount, y.revenue as base, y.currency, y.cost - y.revenue as rank,
                            case when y.currency = '' then y.uncosted || ' items without a cost'
                                else %s || ': ' || round(y.revenue, 2) || ' less ' || round(y.cost, 2)
                                || coalesce(', ' || round(100 * (y.revenue - y.cost) / nullif(y.revenue, 0), 1) || ' %%', '')
                                end as note,
                            y.program, y.cost, y.estimated
                        from (
                            select account_id, currency, program, coalesce(e.revenue, 0) as revenue, coalesce(s.cost, 0) as cost,
                                coalesce(s.estimated, 0) as estimated, coalesce(s.uncosted, 0) as uncosted
                            from spent s full join earned e using (account_id, currency, program)
                        ) y""".formatted(money("y.revenue - y.cost", "y.currency")),
                        java.util.Map.of(),
                        java.util.Map.of(),
                        true,
                        ProfitSql::margin,
                        NO_REVENUE)
                .with("cost", "sum(f.cost) filter (where f.counted)")
                .with("estimated", "sum(f.estimated) filter (where f.counted)")
                .with("customers_below_zero", "count(*) filter (where f.counted and f.hit)")
                .with("customers", "count(distinct f.account_id) filter (where f.counted)")
                .leavingOut(UNKNOWN_COST, "not f.counted");
    }

    private static Figure margin(Tally tally) {
        return Figure.share(tally.amount(), tally.base(), NO_REVENUE)
                .with("revenue", tally.base())
                .with("cost", tally.further("cost"))
                .with("estimated_cost", tally.further("estimated"))
                .with("customers_below_zero", tally.further("customers_below_zero"))
                .sampled(tally.n());
    }

    /** Cases by the day of their solution; other work by month. */
    static CustomerSpec defects() {
        return new CustomerSpec(
                        spent(false),
                        """
                        select w.account_id, w.counted, w.hit, case when w.hit then w.cost else 0 end as amount, w.cost as base,
                            w.currency, w.cost as rank, w.note, w.estimated, w.of_case
                        from (
                            select c.account_id, not c.uncosted as counted,
                                coalesce(lower(c.cause) in ('defect', 'bug', 'product defect'), false) as hit,
                                (c.direct + c.overhead) / coalesce(x.units, 1) as cost,
                                coalesce(case when x.currency is null then c.currency else own.currency end, '') as currency,
                                case when c.estimated then (c.direct + c.overhead) / coalesce(x.units, 1) else 0 end as estimated,
                                'case #' || c.number || ', ' || coalesce(nullif(c.cause, ''), 'no cause')
                                    || coalesce(': ' || round(c.direct + c.overhead, 2) || ' ' || c.currency, ', cost not known')
                                    || case when c.estimated then ', an estimate' else '' end as note,
                                true as of_case
                            from metrics.case_cost c
                        %s
                            where c.resolved_at >= :from and c.resolved_at < :until
                            union all
                            select s.account_id, true, false, s.cost - coalesce(s.cases, 0), s.currency, 0,
                                'other work: ' || round(s.cost - coalesce(s.cases, 0), 2) || ' ' || s.currency, false
                            from spent s where s.currency <> '' and s.cost > coalesce(s.cases, 0)
                        ) w""".formatted(RATES.formatted("c.currency").indent(4).stripTrailing()),
                        java.util.Map.of(),
                        java.util.Map.of(),
                        true,
                        ProfitSql::defects,
                        NO_DEFECT_COST)
                .with("cases", "count(*) filter (where f.hit and f.counted)")
                .with("estimated", "sum(f.estimated) filter (where f.hit and f.counted)")
                .leavingOut("cases whose cost is not known", "not f.counted and f.of_case");
    }

    private static Figure defects(Tally tally) {
        BigDecimal cases = tally.further("cases");
        if (cases.signum() == 0) {
            return Figure.none(NO_DEFECT_COST).from(null, tally.base());
        }
        Figure figure = Figure.of(tally.amount()).from(tally.amount(), tally.base());
        if (tally.base().signum() > 0) {
            figure = figure.with("percent_of_service_cost", Exact.percent(tally.amount(), tally.base()));
        }
        return figure.with("cost_of_a_defect_case", Exact.divide(tally.amount(), cases))
                .with("cases_of_defects", cases)
                .with("estimated", tally.further("estimated"));
    }
}
