package io.perennial.metrics.sales;

import static io.perennial.metrics.Input.amount;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Shares;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Declares the metrics of service sales that no formula knew before. */
@Component
class SalesMetrics implements MetricSource {

    static final Reason NO_SALES = new Reason("NO_SALES", "No new product was sold in the period.");
    static final Reason NO_OFFERS =
            new Reason("NO_OFFERS", "No optional service was offered and decided in the period: bring service offers.");
    static final Reason NO_SERVICE_DUE =
            new Reason("NO_DUE_CONTRACTS", "No term of service or maintenance was due in the period.");
    static final Reason NO_DUE = new Reason("NO_DUE_CONTRACTS", "Nothing was due in the period.");
    static final Reason NO_LOST = new Reason("NO_LOST_CONTRACTS", "Nothing was lost in the period before.");
    static final Reason NO_CUSTOMERS = new Reason("NO_CUSTOMERS", "No customer has recurring revenue here.");
    private static final Reason NO_BOOKINGS = new Reason("NO_BOOKINGS", "Nothing was signed in the period.");
    private static final Reason NO_OCCASION =
            new Reason("NO_OCCASION", "There was no occasion to sell service: no offer, nothing due, nothing lost.");

    private static final String CONTRACTS = "contracts, growth";

    private final SalesReadings sales;

    SalesMetrics(SalesReadings sales) {
        this.sales = sales;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(index(), covered(), forced(), renewed(), wonBack(), upsell(), shareOfBookings());
    }

    /** Attach, renew and win back are the three occasions to sell service; the index is how much of them was taken. */
    private Metric index() {
        return Metric.of("service_revenue_index", "Service revenue performance index", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How much of the service that could be sold, kept and won back was?")
                .formula(
                        "(attached + renewed + won back) ÷ (offered with a sale + due + lost before), as a year's money.")
                .counts(
                        "Service attached, renewed and won back",
                        "Optional service offered with sales and decided, terms due and decided, terms lost in a period of"
                                + " the same length before")
                .leavesOut("Bundled and compulsory service, lapsed and undecided terms, monthly terms.")
                .from(CONTRACTS)
                .definition(
                        "standard",
                        "Service, by money",
                        "A year's money of service and maintenance. Parts without any occasion weigh nothing.")
                .form(
                        SalesMetrics::indexOf,
                        amount("attached", "Service value attached.", "40000"),
                        amount("attachable", "List value of the service that could be attached.", "80000"),
                        amount("renewed", "Value renewed.", "450000"),
                        amount("due", "Value due.", "500000"),
                        amount("won_back", "Value won back.", "5000"),
                        amount("lost", "Value lost before.", "50000"))
                .definition(
                        "with_subscriptions",
                        "With subscriptions, by money",
                        "Everything that recurs is due and won back: where the product itself is the service.")
                .definition(
                        "by_number",
                        "Service, by number",
                        "Sales with service, terms renewed and terms won back, each counted once.")
                .reads(new SalesMetric(
                        sales,
                        Map.of(
                                "standard",
                                SalesSpec.of(SalesSource.INDEX_VALUE, NO_OCCASION)
                                        .byValue(),
                                "with_subscriptions",
                                SalesSpec.of(SalesSource.INDEX_ALL, NO_OCCASION).byValue(),
                                "by_number",
                                SalesSpec.of(SalesSource.INDEX_NUMBER, NO_OCCASION))))
                .done();
    }

    private static Figure indexOf(Inputs in) {
        BigDecimal sold = in.amount("attached").add(in.amount("renewed")).add(in.amount("won_back"));
        BigDecimal whole = in.amount("attachable").add(in.amount("due")).add(in.amount("lost"));
        Figure figure = Figure.share(sold, whole, NO_OCCASION);
        figure = with(figure, "attach_rate", in.amount("attached"), in.amount("attachable"));
        figure = with(figure, "renew_rate", in.amount("renewed"), in.amount("due"));
        return with(figure, "win_back_rate", in.amount("won_back"), in.amount("lost"));
    }

    private static Figure with(Figure figure, String name, BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? figure : figure.with(name, Exact.percent(part, whole));
    }

    private Metric covered() {
        return Metric.of("customers_under_service", "Customers under service", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How many customers are under a service contract or program?")
                .formula("Customers with a running service contract or program ÷ customers, both at the end.")
                .counts("Customers with service or a program at the end", "Customers live at the end")
                .from(CONTRACTS + ", programs")
                .form(
                        Shares.of("covered", "live", "NO_CUSTOMERS", "There was no customer."),
                        count("covered", "Customers with service or a program.", "40"),
                        count("live", "Customers live.", "60"))
                .reads(new SalesMetric(
                        sales, Map.of("standard", SalesSpec.of(SalesSource.UNDER_CONTRACT, NO_CUSTOMERS))))
                .done();
    }

    private Metric forced() {
        return Metric.of("forced_attach_rate", "Forced attach rate", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How often does service come with a sale without the customer's choice?")
                .formula("New product sales with bundled or compulsory service only ÷ new product sales.")
                .counts("Sales with bundled or compulsory service only", "New product sales")
                .leavesOut("Sales of the last days, of which nothing is decided.")
                .better(Direction.NEITHER)
                .from(CONTRACTS)
                .form(
                        Shares.of("forced", "sales", "NO_SALES", "There was no sale."),
                        count("forced", "Sales with bundled or compulsory service.", "12"),
                        count("sales", "New product sales.", "80"))
                .reads(new SalesMetric(sales, Map.of("standard", SalesSpec.of(SalesSource.FORCED, NO_SALES))))
                .done();
    }

    private Metric renewed() {
        return Metric.of("service_renewal_rate", "Service renewal rate", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("At what rate do existing customers renew service?")
                .formula("Terms of service due in the period and renewed ÷ terms due and decided. At most 100.")
                .counts("Due and renewed", "Terms due and decided")
                .leavesOut("Lapsed terms within the grace, terms due later, monthly terms.")
                .from(CONTRACTS)
                .definition("standard", "Service", "Terms of service and maintenance.")
                .form(
                        Shares.of("renewed", "due", "NO_DUE_CONTRACTS", "No contract was due."),
                        count("due", "Terms due.", "100"),
                        count("renewed", "Of them, renewed.", "80"))
                .definition("value", "Service, by money", "A year's money of the terms, as it was when they were due.")
                .definition("all_terms", "Everything that recurs", "Subscriptions too.")
                .definition("all_terms_value", "Everything that recurs, by money", "Subscriptions too, by money.")
                .reads(new SalesMetric(
                        sales,
                        Map.of(
                                "standard", SalesSpec.of(SalesSource.SERVICE_TERMS, NO_SERVICE_DUE),
                                "value",
                                        SalesSpec.of(SalesSource.SERVICE_TERMS, NO_SERVICE_DUE)
                                                .byValue(),
                                "all_terms", SalesSpec.of(SalesSource.ALL_TERMS, NO_DUE),
                                "all_terms_value",
                                        SalesSpec.of(SalesSource.ALL_TERMS, NO_DUE)
                                                .byValue())))
                .done();
    }

    private Metric wonBack() {
        return Metric.of("service_win_back_rate", "Service win-back rate", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How much of the service that was cancelled comes back?")
                .formula(
                        "Terms lost in a period of the same length before and taken up again in this one ÷ terms lost.")
                .counts("Lost before and taken up again", "Terms lost in the period before")
                .leavesOut("Monthly terms, and what came back before the period.")
                .from(CONTRACTS)
                .definition("standard", "Service", "Terms of service and maintenance.")
                .form(
                        Shares.of("won_back", "lost", "NO_LOST_CONTRACTS", "Nothing was lost before."),
                        count("won_back", "Taken up again.", "3"),
                        count("lost", "Lost before.", "20"))
                .definition("value", "Service, by money", "At most what was lost: more is an upgrade.")
                .definition("all_terms", "Everything that recurs", "Subscriptions too.")
                .definition("all_terms_value", "Everything that recurs, by money", "Subscriptions too, by money.")
                .reads(new SalesMetric(
                        sales,
                        Map.of(
                                "standard", SalesSpec.of(SalesSource.SERVICE_BACK, NO_LOST),
                                "value",
                                        SalesSpec.of(SalesSource.SERVICE_BACK, NO_LOST)
                                                .byValue(),
                                "all_terms", SalesSpec.of(SalesSource.ALL_BACK, NO_LOST),
                                "all_terms_value",
                                        SalesSpec.of(SalesSource.ALL_BACK, NO_LOST)
                                                .byValue())))
                .done();
    }

    private Metric upsell() {
        return Metric.of("upsell_rate", "Upsell rate", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How many customers buy more?")
                .formula("Customers who pay more at the end than at the start ÷ customers live at the start.")
                .counts("Customers who bought more", "Customers live at the start")
                .leavesOut("Customers who came in the period.")
                .from("contracts")
                .form(
                        Shares.of("bought_more", "eligible", "NO_CUSTOMERS", "There was no customer at the start."),
                        count("bought_more", "Customers who bought more.", "30"),
                        count("eligible", "Customers who could.", "400"))
                .reads(new SalesMetric(sales, Map.of("standard", SalesSpec.of(SalesSource.BOUGHT_MORE, NO_CUSTOMERS))))
                .done();
    }

    private Metric shareOfBookings() {
        return Metric.of("upsell_share_of_bookings", "Upsell as a share of bookings", Area.SERVICE_SALES, Unit.PERCENT)
                .asks("How much of what is signed is sold to existing customers, net of losses?")
                .formula(
                        "(expansion, agreed prices with it, − contraction − churn) ÷ a year's value of all lines that begin. Below zero where more was lost than sold. Not retention.")
                .counts("Upsell net of losses", "A year's value of everything signed, renewals too")
                .from("contracts")
                .form(
                        in -> Figure.share(in.number("upsell_net"), in.amount("signed"), NO_BOOKINGS),
                        number("upsell_net", "Upsell net of losses, may be below zero.", "120000"),
                        amount("signed", "A year's value of everything signed.", "600000"))
                .reads(new SalesMetric(
                        sales,
                        Map.of(
                                "standard",
                                SalesSpec.of(SalesSource.BOOKINGS, NO_BOOKINGS).byValue())))
                .done();
    }
}
