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
    private static final Reason NO_HOURS =
            new Reason("HOURS_NOT_SET", "Nobody has said how many productive hours a month a CSM has.");
    private static final Reason NO_RENEWALS = new Reason("NO_RENEWALS", "Nothing was renewed in the period.");
    private static final Reason NO_GROWTH = new Reason("NO_GROWTH", "No customer came back or pays more.");
    private static final Reason NO_DEFECT_COST = new Reason(
            "NO_DEFECT_COST",
            "No solved case has a defect as its cause, or nobody has said what an hour or a case costs.");
    static final String UNKNOWN_COST = "customers with work whose cost is not known";

    /** Kinds of work in their order. */
    static final List<String> KINDS = List.of("cases", "time", "touchpoints", "tasks", "units");

    /** Of several currencies with rates between them, everything in the company's own. */
    private static final String RATES = """
            left join contracts.exchange_rate own on own.own
            left join contracts.exchange_rate x on x.currency = %s and own.currency is not null""";

    /** The months that begin in the period, as days. */
    private static final String MONTHS = """
            months as (
                select (date_trunc('month', cast(:firstDay as timestamp) + interval '1 month - 1 day'))::date as starts,
                    least((date_trunc('month', cast(:lastDay as timestamp)) + interval '1 month')::date,
                        cast(:today as date) + 1) as ends
            )""";

    private static final String SPENT = MONTHS
            + """
            ,
            spent as (
                select k.account_id, coalesce(case when x.currency is null then k.currency else own.currency end, '') as currency,
                    sum((k.direct + k.overhead) / coalesce(x.units, 1)) as cost,
                    sum(k.overhead / coalesce(x.units, 1)) as overhead, sum(k.estimated / coalesce(x.units, 1)) as estimated,
                    sum(k.minutes) as minutes, sum(k.items) as items, sum(k.uncosted) as uncosted,
            %s
                from metrics.cost k
            %s
                where k.month >= (select starts from months) and k.month < (select ends from months)
                group by 1, 2
            )""".formatted(
                    String.join(
                                    ",\n",
                                    KINDS.stream()
                                            .map(kind -> ("    sum((k.direct + k.overhead) / coalesce(x.units, 1))"
                                                            + " filter (where k.kind = '%1$s') as %1$s")
                                                    .formatted(kind))
                                            .toList())
                            .indent(4)
                            .stripTrailing(),
                    RATES.formatted("k.currency").indent(4).stripTrailing());

    private static final String EARNED =
            """
            earned as (
                select l.account_id, case when x.currency is null then l.currency else own.currency end as currency,
                    sum(l.annual / 12 / coalesce(x.units, 1) * (metrics.months_at(least(coalesce(l.ends_on, 'infinity'), m.ends))
                        - metrics.months_at(greatest(l.starts_on, m.starts)))) as revenue,
                    count(*) as lines
                from months m
                join contracts.contract_line l on l.kind in ('service', 'maintenance') and l.annual <> 0
                    and l.starts_on < m.ends and coalesce(l.ends_on, 'infinity') > m.starts and m.starts < m.ends
            %s
                group by 1, 2
            )""".formatted(RATES.formatted("l.currency").indent(4).stripTrailing());

    /** The program at the beginning of the period; of who came later the first. Asked for only where it is used. */
    private static final String PROGRAM = """
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

    private static String money(String amount, String currency) {
        return "to_char(" + amount + ", 'FM999,999,999,990.00') || ' ' || " + currency;
    }

    static CustomerSpec cost(boolean each) {
        CustomerSpec spec = new CustomerSpec(
                SPENT,
                """
                select s.account_id, s.currency <> '' as counted, s.estimated > 0 as hit, s.cost as amount,
                    null::numeric as base, s.currency, s.cost as rank, %s as note, g.name as program,
                    s.minutes, s.overhead, s.estimated, s.cases, s.time, s.touchpoints, s.tasks, s.units
                from spent s
                %s""".formatted(
                                WORK.formatted("case when s.currency = '' then '' else "
                                                + money("s.cost", "s.currency || ': '") + " end")
                                        .strip(),
                                PROGRAM.formatted("s.account_id")),
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
                .leavingOut(UNKNOWN_COST, "not f.counted");
    }

    private static Figure figure(Tally tally, boolean each) {
        BigDecimal customers = BigDecimal.valueOf(tally.n());
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

    static CustomerSpec revenue() {
        return new CustomerSpec(
                        MONTHS + ",\n" + EARNED,
                        """
                        select e.account_id, true as counted, true as hit, e.revenue as amount, null::numeric as base, e.currency,
                            e.revenue as rank, %s || ', ' || e.lines || ' lines' as note, g.name as program
                        from earned e
                        %s""".formatted(money("e.revenue", "e.currency"), PROGRAM.formatted("e.account_id")),
                        java.util.Map.of(),
                        java.util.Map.of(),
                        true,
                        tally -> Figure.of(tally.amount()).with("customers", BigDecimal.valueOf(tally.n())),
                        NO_REVENUE)
                .with("lines", "count(*)");
    }

    /** Customers who cost more than their service brings are those counted. */
    static CustomerSpec margin() {
        return new CustomerSpec(
                        SPENT + ",\n" + EARNED,
                        """
                        select y.account_id, y.currency <> '' as counted, y.revenue < y.cost as hit,
                            y.revenue - y.cost as amount, y.revenue as base, y.currency, y.cost - y.revenue as rank,
                            case when y.currency = '' then y.uncosted || ' items without a cost'
                                else %s || ': ' || round(y.revenue, 2) || ' less ' || round(y.cost, 2)
                                || coalesce(', ' || round(100 * (y.revenue - y.cost) / nullif(y.revenue, 0), 1) || ' %%', '')
                                end as note,
                            g.name as program, y.cost, y.estimated
                        from (
                            select account_id, currency, coalesce(e.revenue, 0) as revenue, coalesce(s.cost, 0) as cost,
                                coalesce(s.estimated, 0) as estimated, coalesce(s.uncosted, 0) as uncosted
                            from spent s full join earned e using (account_id, currency)
                        ) y
                        %s""".formatted(money("y.revenue - y.cost", "y.currency"), PROGRAM.formatted("y.account_id")),
                        java.util.Map.of(),
                        java.util.Map.of(),
                        true,
                        ProfitSql::margin,
                        NO_REVENUE)
                .with("cost", "sum(f.cost) filter (where f.counted)")
                .with("estimated", "sum(f.estimated) filter (where f.counted)")
                .with("customers_below_zero", "count(*) filter (where f.counted and f.hit)")
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
                        SPENT,
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

    /** Renewals with a conversation in the 90 days before: beside, never added to what service brings by itself. */
    static CustomerSpec influenced() {
        return influence("""
                select r.account_id, r.currency, r.annual, r.product || ', renewed ' || r.renewed_on as what,
                    exists (select from engagement.touchpoint t where t.account_id = r.account_id and t.conversation
                        and t.at >= (r.renewed_on - 90)::timestamp at time zone 'UTC'
                        and t.at < (r.renewed_on + 1)::timestamp at time zone 'UTC') as spoken
                from contracts.renewals(:firstDay, :untilDay, :today) r
                where r.outcome = 'renewed' and not r.monthly""", NO_RENEWALS);
    }

    static CustomerSpec growth() {
        return influence("""
                select m.account_id, m.currency, m.ended - m.started as annual, m.movement as what,
                    exists (select from engagement.touchpoint t where t.account_id = m.account_id and t.conversation
                        and t.at >= cast(:from as timestamptz) - interval '90 days' and t.at < :until) as spoken
                from contracts.revenue_movements(cast(:firstDay as date) - 1, :lastDay, :today, true) m
                where m.movement in ('expansion', 'reactivation')""", NO_GROWTH);
    }

    private static CustomerSpec influence(String won, Reason empty) {
        return new CustomerSpec(
                "",
                """
                select w.account_id, true as counted, w.spoken as hit, case when w.spoken then w.amount else 0 end as amount,
                    w.amount as base, w.currency, w.amount as rank,
                    %s || ' a year: ' || w.what || case when w.spoken then ', spoken with' else ', not spoken with' end as note,
                    g.name as program
                from (
                    select v.account_id, v.spoken, v.what, v.annual / coalesce(x.units, 1) as amount,
                        case when x.currency is null then v.currency else own.currency end as currency
                    from (
                %s
                    ) v
                %s
                ) w
                %s""".formatted(
                                money("w.amount", "w.currency"),
                                won.indent(8).stripTrailing(),
                                RATES.formatted("v.currency").indent(4).stripTrailing(),
                                PROGRAM.formatted("w.account_id")),
                java.util.Map.of(),
                java.util.Map.of(),
                true,
                tally -> Figure.of(tally.amount())
                        .from(tally.amount(), tally.base())
                        .with("customers_spoken_with", BigDecimal.valueOf(tally.hits()))
                        .sampled(tally.n()),
                empty);
    }

    /** Hours of those who have accounts, shared by their accounts. */
    static CustomerSpec capacity() {
        return new CustomerSpec(
                "",
                """
                select b.account_id, true as counted, h.month_hours is not null as hit,
                    coalesce(h.month_hours / b.accounts, 0) as amount, 1::numeric as base, '' as currency,
                    b.accounts::numeric as rank,
                    coalesce(m.name || ', ' || b.accounts || ' accounts'
                        || coalesce(', ' || round(h.month_hours / b.accounts, 1) || ' h a month', ', hours not said'),
                        'nobody') as note, b.owner_id is null as alone
                from (
                    select l.account_id, a.owner_id, count(*) over (partition by a.owner_id) as accounts
                    from live l join accounts.account a on a.id = l.account_id where l.leads
                ) b
                left join identity.team_member m on m.id = b.owner_id
                left join lateral (
                    select r.month_hours from metrics.cost_rate r
                    where m.id is not null and r.month_hours is not null and r.starts_on <= :lastDay
                      and (r.team_id = m.team_id or r.role = m.role or (r.team_id is null and r.role is null))
                    order by (r.team_id is not null) desc, (r.role is not null) desc, r.starts_on desc limit 1
                ) h on true""",
                java.util.Map.of("customers_without_owner", "count(*) filter (where f.alone)"),
                java.util.Map.of(),
                false,
                tally -> tally.amount().signum() == 0
                        ? Figure.none(NO_HOURS).from(null, tally.base())
                        : CustomerSpec.ratio(tally, NO_HOURS)
                                .with("customers_without_owner", tally.further("customers_without_owner")),
                NO_HOURS);
    }
}
