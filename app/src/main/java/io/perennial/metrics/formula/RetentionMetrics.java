package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Revenue and customers kept, from movements. What contracts answer of them is read by {@code metrics.revenue}. */
@Component
class RetentionMetrics implements MetricSource {

    private static final Reason NO_START = Retained.NO_START;
    private static final Reason NO_CUSTOMERS = Retained.NO_CUSTOMERS;
    private static final String CONTRACTS = "contracts";

    @Override
    public List<Metric> metrics() {
        return List.of(
                nrr(),
                grr(),
                recurring(),
                churned("revenue_churn_gross", "Gross revenue churn", false),
                churned("revenue_churn_net", "Net revenue churn", true),
                moved("expansion_rate", "Expansion rate", "expansion", Direction.UP),
                moved("contraction_rate", "Contraction rate", "contraction", Direction.DOWN),
                kept(),
                lost(),
                growth(),
                annualised(),
                compounded(),
                renewed(),
                renewedValue());
    }

    private static Input start() {
        return amount("start", "Recurring revenue of the customers live at the start.", "100000")
                .alsoKnownAs("begin");
    }

    private static Input expansion() {
        return amount("expansion", "What they pay more.", "15000").optional();
    }

    private static Input contraction() {
        return amount("contraction", "What they pay less.", "5000").optional();
    }

    private static Input churn() {
        return amount("churn", "Of those who left.", "8000").optional();
    }

    private static Input arrived() {
        return amount("new", "Of new customers: does not count.", "20000").optional();
    }

    private static Metric nrr() {
        return Metric.of("nrr", "Net revenue retention", Area.RETENTION, Unit.PERCENT)
                .asks("Do the customers we had pay us more or less?")
                .formula("(start + expansion − contraction − churn) ÷ start, of the customers live at the start.")
                .counts("Revenue at the end of the customers live at the start", "Their revenue at the start")
                .leavesOut("New customers. Reactivated ones by default.")
                .from(CONTRACTS)
                .definition("standard", "Standard", "With contraction, without reactivation.")
                .form(RetentionMetrics::net, start(), expansion(), contraction(), churn(), arrived())
                .done();
    }

    private static Figure net(Inputs in) {
        return Retained.net(in.amount("start"), in.orZero("expansion"), in.orZero("contraction"), in.orZero("churn"));
    }

    private static Metric grr() {
        return Metric.of("grr", "Gross revenue retention", Area.RETENTION, Unit.PERCENT)
                .asks("How much of our revenue stays without selling anything more?")
                .formula(
                        "(start − contraction − churn) ÷ start; by customer the smaller of start and end. At most 100.")
                .counts("What stays of the revenue at the start", "Revenue at the start")
                .leavesOut("Expansion and new customers.")
                .from(CONTRACTS)
                .definition("events", "By movements", "All contraction and churn of the period.")
                .form(
                        in -> Figure.share(
                                in.amount("start")
                                        .subtract(in.orZero("contraction"))
                                        .subtract(in.orZero("churn")),
                                in.amount("start"),
                                NO_START),
                        start(),
                        contraction(),
                        churn(),
                        expansion(),
                        arrived())
                .definition("customers", "By customer", "Sum over customers of the smaller of start and end.")
                .form(
                        RetentionMetrics::smaller,
                        Input.of("customers", Input.Kind.ROWS, "Start and end of each.", "[[100, 120], [50, 40]]"))
                .done();
    }

    private static Figure smaller(Inputs in) {
        BigDecimal start = BigDecimal.ZERO;
        BigDecimal kept = BigDecimal.ZERO;
        for (Inputs row : in.rows("customers", "start", "end")) {
            start = start.add(row.amount("start"));
            kept = kept.add(row.amount("start").min(row.amount("end")));
        }
        return Figure.share(kept, start, NO_START);
    }

    private static Metric recurring() {
        return Metric.of("recurring_revenue_rate", "Recurring revenue rate", Area.RETENTION, Unit.PERCENT)
                .asks("How does recurring revenue develop, new customers included?")
                .formula("Recurring revenue at the end ÷ at the start, with new customers. No retention.")
                .counts("Revenue at the end", "Revenue at the start")
                .from(CONTRACTS)
                .form(
                        in -> Retained.developed(in.amount("start"), in.amount("end")),
                        start(),
                        amount("end", "Recurring revenue at the end.", "115000"))
                .done();
    }

    private static Metric churned(String id, String name, boolean net) {
        Metric.Draft draft = Metric.of(id, name, Area.RETENTION, Unit.PERCENT)
                .asks("How much revenue do we lose?")
                .formula("(churn + contraction" + (net ? " − expansion" : "") + ") ÷ start.")
                .counts("Lost revenue" + (net ? " less expansion" : ""), "Revenue at the start")
                .better(Direction.DOWN)
                .from(CONTRACTS)
                .definition("standard", "Standard", "Of the customers live at the start.")
                .form(
                        in -> Figure.share(
                                in.orZero("churn")
                                        .add(in.orZero("contraction"))
                                        .subtract(net ? in.orZero("expansion") : BigDecimal.ZERO),
                                in.amount("start"),
                                NO_START),
                        start(),
                        churn(),
                        contraction(),
                        expansion(),
                        amount("reactivation", "Of those who came back: shown beside, not netted.", "0")
                                .optional());
        if (net) {
            draft.definition("shopify_daily", "Daily", "Revenue of the day less new business, against the day before.")
                    .form(
                            in -> Figure.share(
                                    in.amount("day_start")
                                            .subtract(in.amount("day_end").subtract(in.orZero("new_business"))),
                                    in.amount("day_start"),
                                    NO_START),
                            amount("day_start", "At the start of the day.", "100"),
                            amount("day_end", "At its end.", "120"),
                            amount("new_business", "Of new customers that day.", "10")
                                    .optional());
        }
        return draft.done();
    }

    private static Metric moved(String id, String name, String movement, Direction better) {
        return Metric.of(id, name, Area.RETENTION, Unit.PERCENT)
                .asks("How much more or less do the customers we had buy?")
                .formula(movement + " ÷ start.")
                .counts("Revenue of " + movement, "Revenue at the start")
                .better(better)
                .from(CONTRACTS)
                .form(
                        Shares.ratio(movement, "start", "NO_REVENUE_AT_START", "There was no revenue at the start."),
                        amount(movement, "Revenue of " + movement + ".", "5000"),
                        start())
                .done();
    }

    private static Metric kept() {
        return Metric.of("customer_retention_rate", "Customer retention rate", Area.RETENTION, Unit.PERCENT)
                .asks("How many of our customers do we keep?")
                .formula("Customers live at start and end ÷ customers live at the start. At most 100.")
                .counts("Customers live at start and end", "Customers live at the start")
                .leavesOut("Who came within the period.")
                .from(CONTRACTS)
                .form(
                        in -> Figure.share(Shares.part(in, "kept", "start"), in.amount("start"), NO_CUSTOMERS),
                        count("kept", "Of them, live at the end.", "23"),
                        count("start", "Customers live at the start.", "26"))
                .done();
    }

    private static Metric lost() {
        return Metric.of("customer_churn_rate", "Customer churn rate", Area.RETENTION, Unit.PERCENT)
                .asks("How many of our customers do we lose?")
                .formula("Customers live at the start and not at the end ÷ customers live at the start.")
                .counts("Customers lost", "Customers live at the start")
                .better(Direction.DOWN)
                .from(CONTRACTS)
                .form(
                        in -> Figure.share(Shares.part(in, "churned", "start"), in.amount("start"), NO_CUSTOMERS),
                        count("churned", "Customers lost.", "15"),
                        count("start", "Customers live at the start.", "500"))
                .done();
    }

    private static Metric growth() {
        return Metric.of("customer_growth", "Customer growth", Area.RETENTION, Unit.PERCENT)
                .asks("Do we have more customers than before?")
                .formula("(now − before) ÷ before. Growth is no retention.")
                .from(CONTRACTS)
                .form(
                        in -> Figure.share(
                                in.amount("current").subtract(in.amount("previous")),
                                in.amount("previous"),
                                NO_CUSTOMERS),
                        count("previous", "Customers before.", "602"),
                        count("current", "Customers now.", "608"))
                .done();
    }

    private static Metric annualised() {
        return Metric.of("churn_annualisation", "Churn of a month and of a year", Area.RETENTION, Unit.PERCENT)
                .asks("What does the churn of a month mean for a year?")
                .formula("1 − (1 − monthly churn)¹²; never twelve times.")
                .better(Direction.DOWN)
                .from("numbers sent")
                .definition("monthly_to_annual", "Month to year", "What is left after twelve months.")
                .form(
                        in -> compound(in, "monthly_churn", 12),
                        number("monthly_churn", "Churn of a month in percent.", "5"))
                .definition("annual_to_monthly", "Year to month", "The twelfth root.")
                .form(
                        in -> compound(in, "annual_churn", 1.0 / 12),
                        number("annual_churn", "Churn of a year in percent.", "21.53"))
                .done();
    }

    private static Figure compound(Inputs in, String name, double power) {
        double churn = in.amount(name).doubleValue();
        if (churn > 100) {
            throw in.wrong(name, "more_than_all", "At most 100 percent can leave.");
        }
        return Figure.of(BigDecimal.valueOf(100 * (1 - Math.pow(1 - churn / 100, power))));
    }

    private static Metric compounded() {
        return Metric.of("retention_compounding", "Retention over years", Area.RETENTION, Unit.PERCENT)
                .asks("What is left of today's customers after some renewals?")
                .formula("(renewal rate) to the power of the number of renewals; five years are four renewals.")
                .from("numbers sent")
                .form(
                        in -> {
                            double rate = in.amount("annual_renewal_rate").doubleValue();
                            if (rate > 100) {
                                throw in.wrong("annual_renewal_rate", "more_than_all", "At most 100 percent renew.");
                            }
                            return Figure.of(BigDecimal.valueOf(100 * Math.pow(rate / 100, in.count("renewals"))));
                        },
                        number("annual_renewal_rate", "Percent that renew each time.", "82.4"),
                        count("renewals", "How often.", "4"))
                .done();
    }

    private static Metric renewed() {
        return Metric.of("contract_renewal_rate", "Contract renewal rate", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("At what rate do existing customers renew?")
                .formula("Contracts due in the period and renewed ÷ contracts due. At most 100.")
                .counts("Due and renewed", "Contracts due")
                .leavesOut("Contracts without an end, and contracts not due in the period.")
                .from(CONTRACTS)
                .form(
                        Shares.of("renewed", "due", "NO_DUE_CONTRACTS", "No contract was due."),
                        count("due", "Contracts due.", "100"),
                        count("renewed", "Of them, renewed.", "80"))
                .done();
    }

    private static Metric renewedValue() {
        return Metric.of("renewal_rate_acv", "Renewal rate on contract value", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("What part of the value that was due stays, so that upsell cannot mask it?")
                .formula("100 − attrition; attrition = value lost ÷ (prior value of those that renewed + value lost).")
                .counts("Prior value of those that renewed", "The same and the value of those lost")
                .leavesOut("Customers not due, and lapsed ones of whom it is not decided.")
                .from(CONTRACTS)
                .form(
                        in -> {
                            BigDecimal attrition = in.amount("attrition_rate");
                            if (attrition.compareTo(Exact.HUNDRED) > 0) {
                                throw in.wrong("attrition_rate", "more_than_all", "At most 100 percent are lost.");
                            }
                            return Figure.of(Exact.HUNDRED.subtract(attrition));
                        },
                        number("attrition_rate", "Attrition in percent.", "2"))
                .form(
                        in -> Figure.share(
                                in.amount("renewed_acv"),
                                in.amount("renewed_acv").add(in.amount("lost_acv")),
                                new Reason("NO_DUE_CONTRACTS", "Nothing was due.")),
                        amount("renewed_acv", "Prior value of customers that renewed.", "9800000"),
                        amount("lost_acv", "Value of customers lost.", "200000"))
                .done();
    }
}
