package io.perennial.metrics.sales;

import io.perennial.metrics.Definition;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.Reason;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lets contracts, programs and offers answer how service is attached and raised. */
@Component
class SoldReadings implements MetricReadings {

    private static final int QUARTER = 90;
    private static final Reason NO_LEVEL =
            new Reason("NO_ELIGIBLE", "No customer at the start was below the highest program that is sold.");

    private final SalesReadings sales;

    SoldReadings(SalesReadings sales) {
        this.sales = sales;
    }

    @Override
    public List<Answerable> readings() {
        SalesSpec attach = SalesSpec.of(SalesSource.SALES, SalesMetrics.NO_SALES);
        SalesSpec offers = SalesSpec.of(SalesSource.OFFERS, SalesMetrics.NO_OFFERS);
        SalesSpec levels = SalesSpec.of(SalesSource.LEVELS, NO_LEVEL);
        return List.of(
                new Answerable(
                        "attach_rate",
                        List.of(
                                new Definition(
                                        "value",
                                        "By money",
                                        "What was agreed for optional service ÷ list value of what was offered and decided."),
                                new Definition(
                                        "offers", "Of offers", "Optional service attached ÷ optional service offered."),
                                new Definition(
                                        "within_90_days",
                                        "Within 90 days",
                                        "Service counts that was sold up to 90 days around the sale, not 30.")),
                        new SalesMetric(
                                sales,
                                Map.of(
                                        "standard",
                                        attach,
                                        "value",
                                        offers.byValue(),
                                        "offers",
                                        offers,
                                        "within_90_days",
                                        attach.within(QUARTER)))),
                new Answerable(
                        "upgrade_rate",
                        List.of(
                                new Definition(
                                        "all_customers",
                                        "Of all customers",
                                        "Who is at the top level already stays in the base."),
                                new Definition(
                                        "value",
                                        "By money",
                                        "What those brought at the start who went up ÷ what all brought who could.")),
                        new SalesMetric(
                                sales,
                                Map.of(
                                        "standard",
                                        levels,
                                        "all_customers",
                                        levels.ofEverybody(),
                                        "value",
                                        levels.byValue()))));
    }
}
