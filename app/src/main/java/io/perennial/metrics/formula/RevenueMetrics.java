package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.choice;
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
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/** Recurring revenue and what a customer is worth, from numbers. */
@Component
class RevenueMetrics implements MetricSource {

    private static final BigDecimal TWELVE = BigDecimal.valueOf(12);
    private static final BigDecimal WEEKS = BigDecimal.valueOf(52);
    private static final BigDecimal DAYS = new BigDecimal("365.25");

    @Override
    public List<Metric> metrics() {
        return List.of(
                mrr(), arr(), arpa(), mrrGrowth(), mrrRollforward(), arrRollforward(), ltv(), payback(), renewalDate());
    }

    private static Metric mrr() {
        Input interval = choice("interval", "What the price is for.", "month", "year", "week", "day");
        return Metric.of("mrr", "Monthly recurring revenue", Area.RETENTION, Unit.MONEY)
                .asks("What do customers pay us every month?")
                .formula("Month ÷ count; year ÷ (12 × count); week × 52/12 ÷ count; day × 365.25/12 ÷ count.")
                .leavesOut("One-time items, tax, trials, free plans, use that nobody committed to.")
                .from("contracts")
                .definition("exact", "Exact", "Nothing is rounded on the way.")
                .form(
                        RevenueMetrics::lines,
                        Input.of(
                                "lines",
                                Input.Kind.ROWS,
                                "price, interval, and if not 1: subscribers, interval_count, quantity.",
                                "[{\"price\": 1200, \"interval\": \"year\"}]"),
                        choice("rounding", "Of each line, for display only.", "none", "ceil each line"))
                .form(
                        in -> Figure.of(monthly(in, "unit_amount_cents")),
                        amount("unit_amount_cents", "Price of one.", "150000"),
                        interval,
                        count("interval_count", "Months, years and so on for that price.", "6")
                                .optional(),
                        amount("quantity", "How many.", "1").optional())
                .done();
    }

    private static Figure lines(Inputs in) {
        boolean up = in.text("rounding", "none").startsWith("ceil");
        BigDecimal sum = BigDecimal.ZERO;
        for (Inputs line : in.rows("lines", "price", "interval")) {
            BigDecimal monthly = monthly(line, "price");
            sum = sum.add(up ? monthly.setScale(0, RoundingMode.CEILING) : monthly);
        }
        return Figure.of(sum);
    }

    private static BigDecimal monthly(Inputs in, String price) {
        BigDecimal amount = in.amount(price)
                .multiply(in.number("quantity", BigDecimal.ONE))
                .multiply(in.number("subscribers", BigDecimal.ONE));
        BigDecimal many = in.number("interval_count", BigDecimal.ONE);
        if (many.signum() <= 0) {
            throw in.wrong("interval_count", "out_of_range", "This is at least 1.");
        }
        return switch (in.text("interval", "month")) {
            case "month" -> Exact.divide(amount, many);
            case "year" -> Exact.divide(amount, TWELVE.multiply(many));
            case "week" -> Exact.divide(amount.multiply(WEEKS), TWELVE.multiply(many));
            case "day" -> Exact.divide(amount.multiply(DAYS), TWELVE.multiply(many));
            default -> throw in.wrong("interval", "unknown_choice", "Known are: month, year, week, day.");
        };
    }

    private static Metric arr() {
        return Metric.of("arr", "Annual recurring revenue", Area.RETENTION, Unit.MONEY)
                .asks("What do customers pay us every year?")
                .formula("12 × monthly recurring revenue; of contracts: value ÷ years of its term, while it runs.")
                .from("contracts")
                .definition("from_mrr", "Twelve months", "12 × MRR.")
                .form(
                        in -> Figure.of(in.amount("mrr_cents").multiply(TWELVE)),
                        amount("mrr_cents", "Monthly recurring revenue.", "383859969")
                                .alsoKnownAs("mrr"))
                .definition("running_terms", "Running terms", "Value a year of every term with from < day ≤ to.")
                .form(
                        RevenueMetrics::running,
                        Input.of(
                                "invoices",
                                Input.Kind.ROWS,
                                "id, value, frm, to.",
                                "[{\"id\": \"A\", \"value\": 100, \"frm\": \"2016-01-01\", \"to\": \"2017-01-01\"}]"),
                        Input.text("as_of", "The day.", "2017-01-01"))
                .done();
    }

    private static Figure running(Inputs in) {
        var day = in.date("as_of");
        BigDecimal sum = BigDecimal.ZERO;
        for (Inputs line : in.rows("invoices", "id", "value", "frm", "to")) {
            var from = line.date("frm");
            var to = line.date("to");
            if (!to.isAfter(from)) {
                throw line.wrong("to", "before_start", "The term ends before it starts.");
            }
            if (from.isBefore(day) && !day.isAfter(to)) {
                BigDecimal days = BigDecimal.valueOf(ChronoUnit.DAYS.between(from, to));
                sum = sum.add(Exact.divide(line.amount("value").multiply(DAYS), days));
            }
        }
        return Figure.of(sum);
    }

    private static Metric arpa() {
        return Metric.of("arpa", "Average revenue per account", Area.RETENTION, Unit.MONEY)
                .asks("What does a customer pay on average?")
                .formula("Monthly recurring revenue ÷ paying customers.")
                .counts("Monthly recurring revenue", "Paying customers")
                .from("contracts")
                .definition("totals", "From totals", "Revenue of all by number of customers.")
                .form(
                        in -> mean(in.amount("mrr_cents"), in.count("customers")),
                        amount("mrr_cents", "Monthly recurring revenue.", "383859969"),
                        count("customers", "Paying customers.", "585"))
                .definition("customers", "From customers", "A list with the revenue of each.")
                .form(
                        in -> {
                            List<BigDecimal> all = in.numbers("mrr");
                            return mean(all.stream().reduce(BigDecimal.ZERO, BigDecimal::add), all.size());
                        },
                        Input.of("mrr", Input.Kind.NUMBERS, "Revenue of each.", "[49, 49, 99]"))
                .done();
    }

    private static Figure mean(BigDecimal sum, long many) {
        BigDecimal base = BigDecimal.valueOf(many);
        if (many == 0) {
            return Figure.none("NO_CUSTOMERS", "There is no paying customer.").from(sum, base);
        }
        BigDecimal mean = Exact.divide(sum, base);
        return Figure.of(mean).from(sum, base).with("exact", mean).with("ceil", mean.setScale(0, RoundingMode.CEILING));
    }

    private static Metric mrrGrowth() {
        return Metric.of("mrr_growth", "Growth of recurring revenue", Area.RETENTION, Unit.PERCENT)
                .asks("How fast does recurring revenue grow?")
                .formula("(now − before) ÷ before.")
                .from("contracts")
                .form(
                        in -> Figure.share(
                                in.amount("current_arr").subtract(in.amount("previous_arr")),
                                in.amount("previous_arr"),
                                new io.perennial.metrics.Reason("NO_REVENUE_AT_START", "There was no revenue before.")),
                        amount("previous_arr", "Before.", "4606319628"),
                        amount("current_arr", "Now.", "8043370848"))
                .done();
    }

    private static Metric mrrRollforward() {
        return Metric.of("mrr_rollforward", "Roll-forward of monthly revenue", Area.RETENTION, Unit.MONEY)
                .asks("From which movements does this month's revenue come?")
                .formula("End = existing + new + upgrades − downgrades − churn; drift of existing is foreign exchange.")
                .from("contracts")
                .form(
                        RevenueMetrics::rolled,
                        amount("existing", "Of customers there before, at this month's rates.", "206.59"),
                        amount("new", "Of new customers.", "10").optional(),
                        amount("upgrades", "More.", "9").optional(),
                        amount("downgrades", "Less.", "0").optional(),
                        amount("voluntary_churn", "Left.", "0").optional(),
                        amount("delinquent_churn", "Stopped paying.", "0").optional(),
                        amount("previous_month_mrr", "At the end of last month.", "206.53")
                                .optional())
                .done();
    }

    private static Figure rolled(Inputs in) {
        BigDecimal end = in.amount("existing")
                .add(in.orZero("new"))
                .add(in.orZero("upgrades"))
                .subtract(in.orZero("downgrades"))
                .subtract(in.orZero("voluntary_churn"))
                .subtract(in.orZero("delinquent_churn"));
        Figure figure = Figure.of(end).with("mrr", end).with("arr", end.multiply(TWELVE));
        return in.has("previous_month_mrr")
                ? figure.with("fx_adjustment", in.amount("existing").subtract(in.amount("previous_month_mrr")))
                : figure;
    }

    private static Metric arrRollforward() {
        return Metric.of("arr_rollforward", "Roll-forward of annual revenue", Area.RETENTION, Unit.MONEY)
                .asks("From which movements does this year's revenue come?")
                .formula("End = start + new + reactivation + expansion − contraction − churn + foreign exchange.")
                .from("contracts")
                .form(
                        in -> Figure.of(in.amount("start")
                                .add(in.orZero("new"))
                                .add(in.orZero("reactivation"))
                                .add(in.orZero("expansion"))
                                .subtract(in.orZero("contraction"))
                                .subtract(in.orZero("churn"))
                                .add(in.orZero("fx"))),
                        amount("start", "At the start.", "1000000"),
                        amount("new", "Of new customers.", "300000").optional(),
                        amount("reactivation", "Of those who came back.", "0").optional(),
                        amount("expansion", "More.", "0").optional(),
                        amount("contraction", "Less.", "0").optional(),
                        amount("churn", "Left.", "100000").optional(),
                        number("fx", "Foreign exchange.", "0").optional())
                .done();
    }

    private static Metric ltv() {
        return Metric.of("ltv", "Customer lifetime value", Area.RETENTION, Unit.MONEY)
                .asks("What is a customer worth over the years?")
                .formula("Average revenue per account × gross margin ÷ churn, all of a month.")
                .leavesOut("Churn is of whole months: customers lost ÷ customers at their start, weighed by these.")
                .from("contracts")
                .definition("margin", "With margin", "What is left after the cost of delivery.")
                .form(
                        RevenueMetrics::lifetime,
                        amount("arpu", "Revenue of an account in a month.", "100"),
                        number("monthly_churn", "Churn of a month in percent.", "5"),
                        number("gross_margin", "Gross margin in percent.", "80"))
                .definition("revenue", "Revenue", "Without margin.")
                .form(
                        in -> Worth.lifetime(in.amount("arpa_cents"), in.amount("customer_churn_rate"), null),
                        amount("arpa_cents", "Revenue of an account in a month.", "656170"),
                        number("customer_churn_rate", "Churn of a month in percent.", "0.56"))
                .definition("five_years", "Five years at most", "With margin, and nobody is reckoned with for longer.")
                .form(
                        in -> Worth.capped(in.amount("arpu"), in.amount("monthly_churn"), in.amount("gross_margin")),
                        amount("arpu", "Revenue of an account in a month.", "100"),
                        number("monthly_churn", "Churn of a month in percent.", "0"),
                        number("gross_margin", "Gross margin in percent.", "80"))
                .done();
    }

    private static Figure lifetime(Inputs in) {
        return Worth.lifetime(in.amount("arpu"), in.amount("monthly_churn"), in.amount("gross_margin"));
    }

    private static Metric payback() {
        return Metric.of("cac_payback", "Payback of acquisition", Area.PROFITABILITY, Unit.MONTHS)
                .asks("After how many months has a new customer paid for being won?")
                .formula(
                        "Cost to acquire ÷ (monthly revenue of a new customer × gross margin). By segment each new customer counts with"
                                + " the same cost, since it is said for the company.")
                .better(Direction.DOWN)
                .from("contracts")
                .form(
                        in -> Worth.payback(in.amount("cac"), in.amount("mrr_per_customer"), in.amount("gross_margin")),
                        amount("cac", "Cost to acquire a customer.", "12000"),
                        amount("mrr_per_customer", "Monthly revenue of a new customer.", "1500"),
                        amount("gross_margin", "Gross margin, 0.7 for 70 %.", "0.7"))
                .done();
    }

    private static Metric renewalDate() {
        return Metric.of("renewal_date", "Last day of cover", Area.RETENTION, Unit.DATE)
                .asks("Until which day is the customer covered?")
                .formula("Start + term − 1 day: the printed last day is inclusive.")
                .better(Direction.NEITHER)
                .from("contracts")
                .form(
                        in -> {
                            long months = in.count("term_months");
                            if (months < 1 || months > 1_200) {
                                throw in.wrong("term_months", "out_of_range", "1 to 1,200 months.");
                            }
                            return Figure.text(in.date("start")
                                    .plusMonths(months)
                                    .minusDays(1)
                                    .toString());
                        },
                        Input.text("signed", "When it was signed; the start counts.", "2022-03-15")
                                .optional(),
                        Input.text("start", "First day of cover.", "2022-04-01"),
                        count("term_months", "Months.", "12"))
                .done();
    }
}
