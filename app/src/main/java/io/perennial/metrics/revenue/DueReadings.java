package io.perennial.metrics.revenue;

import io.perennial.metrics.Definition;
import io.perennial.metrics.MetricReadings;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Answers the metrics of renewals from terms that were due. */
@Component
class DueReadings implements MetricReadings {

    private static final RenewalSpec TERMS = RenewalSpec.of(RenewalSource.TERMS, false);
    private static final RenewalSpec TERM_VALUE = RenewalSpec.of(RenewalSource.TERMS, true);

    private final RenewalReadings renewals;

    DueReadings(RenewalReadings renewals) {
        this.renewals = renewals;
    }

    @Override
    public List<Answerable> readings() {
        return List.of(
                new Answerable(
                        "contract_renewal_rate",
                        List.of(
                                new Definition(
                                        "same_product",
                                        "Same product",
                                        "Renewed only when a line of the same product follows."),
                                new Definition(
                                        "customers",
                                        "Customers due",
                                        "Customers whose term ended and who had no other one through all of the period; kept"
                                                + " when a line begun since runs beyond it, however late it began.")),
                        metric(Map.of(
                                "standard", TERMS,
                                "same_product", TERMS.where("f.same_product"),
                                "customers", RenewalSpec.of(RenewalSource.CUSTOMERS, false)))),
                new Answerable(
                        "renewal_rate_acv",
                        List.of(new Definition(
                                "lost_customers",
                                "Lost customers only",
                                "By what ran on both days: only whole customers are lost, and a lapse is a loss.")),
                        metric(Map.of(
                                "standard", RenewalSpec.of(RenewalSource.VALUE, true),
                                "lost_customers", RenewalSpec.of(RenewalSource.VALUE_AS_RUN, true)))),
                new Answerable(
                        "on_time_renewal_rate",
                        List.of(),
                        metric(Map.of(
                                "standard", TERMS.where("f.renewed_on <= f.due_on"),
                                "of_renewed",
                                        TERMS.where("f.renewed_on <= f.due_on").ofRenewed()))),
                new Answerable("renewal_late_policy", List.of(), metric(Map.of("restated", TERM_VALUE))),
                new Answerable(
                        "renewal_in_period",
                        List.of(),
                        metric(Map.of(
                                "standard", TERM_VALUE.where("f.renewed_on >= :from and f.renewed_on < :until")))));
    }

    private RenewalMetric metric(Map<String, RenewalSpec> specs) {
        return new RenewalMetric(renewals, specs);
    }
}
