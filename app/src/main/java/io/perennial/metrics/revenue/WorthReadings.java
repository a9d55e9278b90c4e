package io.perennial.metrics.revenue;

import io.perennial.metrics.Definition;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.Reading;
import io.perennial.metrics.formula.Worth;
import io.perennial.metrics.revenue.CustomerCosts.Cost;
import io.perennial.platform.web.Wording;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers how long customers stay, what they are worth and when they have paid for being won. */
@Component
class WorthReadings implements MetricReadings {

    private static final String LIVE = "f.live_started";
    private static final String LOST = "not f.live_ended";
    private static final Figure NOBODY = Figure.none("NO_CUSTOMERS", "There is no paying customer.");

    private final MovementReadings movements;
    private final Lifetimes lifetimes;
    private final CustomerCosts costs;
    private final SegmentMonths segments;

    WorthReadings(MovementReadings movements, Lifetimes lifetimes, CustomerCosts costs, SegmentMonths segments) {
        this.movements = movements;
        this.segments = segments;
        this.lifetimes = lifetimes;
        this.costs = costs;
    }

    @Override
    public List<Answerable> readings() {
        return List.of(
                new Answerable(
                        "survival",
                        List.of(
                                RevenueReadings.AS_RUN,
                                new Definition(
                                        "period",
                                        "Within the period",
                                        "All customers, for as long as they were observed within the period: who came before it"
                                                + " counts from the age that it had. What customers do now, not what they did then."),
                                new Definition(
                                        "until_last",
                                        "Until the last loss",
                                        "Who came back has not left: only a loss after which nothing came counts.")),
                        SurvivalReading.survival(lifetimes)),
                new Answerable(
                        "customer_lifetime",
                        List.of(),
                        new ByDefinition(
                                new ByDefinition(
                                        SurvivalReading.lifetime(lifetimes, "median", Worth::median),
                                        SurvivalReading.lifetime(lifetimes, "observed_mean", Worth::mean)),
                                worth("from_churn", (months, whole) -> months(months)))),
                new Answerable(
                        "ltv",
                        List.of(),
                        new ByDefinition(
                                new ByDefinition(
                                        worth("margin", (months, whole) -> worth(months, true, false)),
                                        worth("revenue", (months, whole) -> worth(months, false, false))),
                                worth("five_years", (months, whole) -> worth(months, true, true)))),
                new Answerable(
                        "cac_payback",
                        List.of(),
                        new WorthReading(
                                movements,
                                Set.of("standard"),
                                "f.movement in ('new', 'in_period')",
                                "f.movement = 'new'",
                                segments,
                                this::payback)));
    }

    private Reading worth(String definition, WorthReading.Of figure) {
        return new WorthReading(movements, Set.of(definition), LIVE, LOST, segments, figure);
    }

    private static Figure months(WholeMonths months) {
        BigDecimal churn = months.churn();
        return churn == null
                ? NOBODY
                : Worth.months(churn).with("monthly_churn", churn).sampled(months.sum(Ledger::customersStart));
    }

    private Figure worth(WholeMonths months, boolean kept, boolean capped) {
        Ledgers last = months.last();
        BigDecimal churn = months.churn();
        if (churn == null || last.isEmpty()) {
            return NOBODY;
        }
        if (last.each().size() > 1) {
            return Ledgers.several(last.currencies());
        }
        Cost cost = kept ? CustomerCosts.on(costs.all(), months.lastDay()).orElse(null) : null;
        if (kept && cost == null) {
            return noCost(months.lastDay());
        }
        Ledger ledger = last.each().getFirst();
        if (ledger.customersEnd() == 0) {
            return NOBODY;
        }
        BigDecimal monthly = Exact.divide(Ledger.monthly(ledger.end()), BigDecimal.valueOf(ledger.customersEnd()));
        BigDecimal margin = cost == null ? null : cost.grossMargin().multiply(Exact.HUNDRED);
        Figure figure = (capped ? Worth.capped(monthly, churn, margin) : Worth.lifetime(monthly, churn, margin))
                .in(ledger.currency())
                .with("arpu", monthly)
                .with("monthly_churn", churn)
                .sampled(months.sum(Ledger::customersStart));
        return margin == null ? figure : figure.with("gross_margin", margin);
    }

    /** Each new customer counts with the same cost of winning one, since that is said of all and not of segments. */
    private Figure payback(WholeMonths months, WholeMonths whole) {
        List<Cost> said = costs.all();
        Cost now = CustomerCosts.on(said, months.lastDay()).orElse(null);
        if (now == null) {
            return noCost(months.lastDay());
        }
        BigDecimal spent = BigDecimal.ZERO;
        for (LocalDate month = months.from(); month.isBefore(months.until()); month = month.plusMonths(1)) {
            BigDecimal cost = acquisition(said, month, now.currency());
            if (cost == null) {
                return Figure.none(
                        "NO_ACQUISITION_COST",
                        "What sales and marketing cost in "
                                + month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                                + month.getYear() + " is not said, or not in one currency.");
            }
            spent = spent.add(cost);
        }
        long won = months.sum(ledger -> ledger.rows(Move.NEW));
        if (won == 0) {
            return Figure.none("NO_NEW_CUSTOMERS", "No customer came in the period.");
        }
        if (months.currencies().size() > 1) {
            return Ledgers.several(months.currencies());
        }
        String currency = months.currencies().getFirst();
        if (!currency.equals(now.currency())) {
            return Figure.none(
                    "OTHER_CURRENCY",
                    "Revenue is in " + currency + " and what winning costs is in " + now.currency() + ".");
        }
        BigDecimal customers = BigDecimal.valueOf(won);
        BigDecimal cac = Exact.divide(spent, BigDecimal.valueOf(whole.sum(ledger -> ledger.rows(Move.NEW))));
        BigDecimal monthly = Exact.divide(months.moved(Move.NEW), customers);
        return Worth.payback(cac, monthly, now.grossMargin())
                .with("cac", cac)
                .with("mrr_per_customer", monthly)
                .with("gross_margin", now.grossMargin())
                .with("new_customers", customers)
                .sampled(won);
    }

    private static @Nullable BigDecimal acquisition(List<Cost> said, LocalDate month, @Nullable String currency) {
        return CustomerCosts.on(said, month)
                .filter(cost -> cost.currency() != null && cost.currency().equals(currency))
                .map(Cost::acquisition)
                .orElse(null);
    }

    private static Figure noCost(LocalDate day) {
        return Figure.none(
                "NO_MARGIN_SAID",
                "What is left of revenue after delivery is not said for " + Wording.day(day)
                        + ". A leader says it under Revenue, Survival.");
    }
}
