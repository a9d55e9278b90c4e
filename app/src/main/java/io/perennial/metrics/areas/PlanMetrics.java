package io.perennial.metrics.areas;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.OutcomeMetrics;
import java.util.List;
import org.springframework.stereotype.Component;

/** Success plans as the critical metric of success reads them: realised, succeeded, and what they return. */
@Component
class PlanMetrics implements MetricSource {

    private static final int YEAR = 365;
    private static final Reason NOTHING_DUE =
            new Reason("NO_DUE_OBJECTIVES", "No outcome of a success plan was due in this period.");
    private static final Reason NONE_CLOSED =
            new Reason("NO_CLOSED_PLANS", "No success plan with outcomes was closed in this period.");
    private static final Reason NO_WORTH = new Reason(
            "NO_STATED_WORTH", "No open success plan states a worth in the currency of the customer's contracts.");
    private static final Reason NO_LEVELS = new Reason(
            "NO_LEVELS", "Outcomes here have numbers, not levels from \u22122 to +2: compute it from your own.");
    private static final Reason NO_FLOWS = new Reason(
            "NO_YEARLY_FLOWS",
            "Plans state the worth and the cost of one year, not flows of several: compute it from your own.");

    private final CustomerReadings customers;

    PlanMetrics(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                OutcomeMetrics.realisation()
                        .reads(new CustomerMetric(
                                customers,
                                YEAR,
                                CustomerSpec.inOrder(
                                        "weighted", weighted(),
                                        "completed", CustomerSpec.share("", DUE, NOTHING_DUE),
                                        "goal_attainment_scaling", none(DUE, NO_LEVELS))))
                        .done(),
                OutcomeMetrics.plans()
                        .reads(new CustomerMetric(
                                customers,
                                YEAR,
                                CustomerSpec.inOrder("from_realisations", closed(), "from_counts", closed())))
                        .done(),
                OutcomeMetrics.roi()
                        .reads(new CustomerMetric(
                                customers,
                                YEAR,
                                CustomerSpec.inOrder(
                                        "discounted", none(RETURNS, NO_FLOWS),
                                        "simple", CustomerSpec.moneyShare("", RETURNS, NO_WORTH),
                                        "payback", none(RETURNS, NO_FLOWS),
                                        "present_value", none(RETURNS, NO_FLOWS))))
                        .done());
    }

    /** Outcomes that were due in the period, as they stand now; one that was never measured counts as nothing reached. */
    private static final String DUE = """
            select o.account_id, true as counted, o.reached_on is not null as hit,
                coalesce(o.weight, 1) * coalesce(o.realised, 0) as amount, coalesce(o.weight, 1) as base, '' as currency,
                extract(epoch from coalesce(o.due_on, p.ends_on)) as rank,
                p.name || ': ' || o.name || ', ' || coalesce(floor(100 * o.realised) || ' %', 'never measured') as note,
                o.realised is null as unmeasured
            from success.outcome o join success.plan p on p.id = o.plan_id
            where p.phase <> 'draft' and coalesce(o.due_on, p.ends_on) <= :lastDay
              and coalesce(o.due_on, p.ends_on) >= cast(cast(:from as timestamptz) at time zone 'UTC' as date)""";

    private static CustomerSpec weighted() {
        return CustomerSpec.of(
                        "",
                        DUE,
                        tally -> Figure.share(tally.amount(), tally.base(), NOTHING_DUE)
                                .sampled(tally.n()),
                        NOTHING_DUE)
                .with("never_measured", "count(*) filter (where f.counted and f.unmeasured)");
    }

    private static CustomerSpec closed() {
        return CustomerSpec.share("", """
                select p.account_id, g.realised_of_all is not null as counted, coalesce(g.realised_of_all >= 80, false) as hit,
                    null::numeric as amount, null::numeric as base, '' as currency, extract(epoch from p.closed_on) as rank,
                    p.name || ', ' || coalesce(floor(g.realised_of_all) || ' % realised', 'without outcomes') as note
                from success.plan p
                join success.progress(array(select k.id from success.plan k where k.phase = 'closed'
                    and k.closed_on <= :lastDay
                    and k.closed_on >= cast(cast(:from as timestamptz) at time zone 'UTC' as date)), :today) g on g.plan_id = p.id""", NONE_CLOSED).leavingOut("without outcomes", "not f.counted");
    }

    /** What open plans say they are worth so far in a year, less what contracts and the customer's time cost, beside that cost. */
    private static final String RETURNS = """
            select w.account_id, w.value is not null and k.cost > 0 as counted, coalesce(w.value, 0) >= k.cost as hit,
                coalesce(w.value, 0) - k.cost as amount, k.cost as base, w.currency, w.value as rank,
                'worth ' || round(w.value, 2) || ', cost ' || round(k.cost, 2) || ' ' || w.currency || ' a year' as note
            from (
                select o.account_id, o.currency, sum(o.value * coalesce(o.realised, 0)) as value
                from success.outcome o join success.plan p on p.id = o.plan_id
                where p.phase = 'open' and o.value is not null group by 1, 2) w
            cross join lateral (
                select coalesce((select sum(contracts.annual_on(l.annual, l.escalator, l.starts_on, :lastDay))
                    from contracts.contract_line l where l.account_id = w.account_id and l.currency = w.currency
                      and l.starts_on <= :lastDay and (l.ends_on is null or l.ends_on > :lastDay)), 0)
                  + coalesce((select sum(p.hours * p.hour_cost) from success.plan p
                    where p.account_id = w.account_id and p.currency = w.currency and p.phase = 'open'), 0) as cost) k""";

    private static CustomerSpec none(String rows, Reason why) {
        return CustomerSpec.of("", rows, tally -> Figure.none(why), why);
    }
}
