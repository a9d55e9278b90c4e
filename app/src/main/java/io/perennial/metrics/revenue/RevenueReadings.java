package io.perennial.metrics.revenue;

import io.perennial.metrics.Definition;
import io.perennial.metrics.Figure;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.formula.Retained;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Answers the metrics of retention and revenue from what the company's own contracts say. */
@Component
class RevenueReadings implements MetricReadings {

    private static final String STANDARD = "standard";

    /** The state as lines say it. */
    static final Definition AS_RUN = new Definition(
            "as_run",
            "Without grace",
            "A day without a running line is a day without revenue: who renews late left and came back.");

    private static final Definition WITH_REACTIVATION = new Definition(
            "with_reactivation",
            "With reactivation",
            "Revenue of customers who came back is netted in, as some systems do.");

    private static final Definition WITHOUT_PRICES = new Definition(
            "without_price_escalator",
            "Without agreed prices",
            "Escalators and uplifts that were agreed before are left out: what customers decided in the period.");

    private static final Definition DUE = new Definition(
            "due_basis",
            "Of what was due",
            "By what ran on both days, against the revenue of the customers who were due.");

    private final MovementReadings movements;
    private final RenewalReadings renewals;
    private final Cohorts cohorts;

    RevenueReadings(MovementReadings movements, RenewalReadings renewals, Cohorts cohorts) {
        this.movements = movements;
        this.renewals = renewals;
        this.cohorts = cohorts;
    }

    @Override
    public List<Answerable> readings() {
        List<Answerable> all = new ArrayList<>(List.of(
                net(),
                of("grr", "customers", MovementSpec.ofStart(money(RevenueReadings::gross), "f.ended > 0")),
                of(
                        "recurring_revenue_rate",
                        MovementSpec.ofMoves(
                                money(ledger -> Retained.developed(ledger.start(), ledger.end())), "f.ended > 0")),
                of("revenue_churn_gross", MovementSpec.ofStart(money(RevenueReadings::lost), "f.ended < f.started")),
                of("revenue_churn_net", MovementSpec.ofStart(money(RevenueReadings::lostNet), "f.ended <> f.started")),
                expansion(),
                contraction(),
                of("customer_retention_rate", MovementSpec.ofStart(RevenueReadings::kept, "f.live_ended")),
                of("customer_churn_rate", MovementSpec.ofStart(RevenueReadings::churned, "not f.live_ended")),
                of("customer_growth", MovementSpec.ofMoves(RevenueReadings::growth, "f.live_ended"))));
        all.addAll(List.of(
                of("mrr", "exact", MovementSpec.ofEnd(money(ledger -> amount(Ledger.monthly(ledger.end()), ledger)))),
                of("arr", "running_terms", MovementSpec.ofEnd(money(ledger -> amount(ledger.end(), ledger)))),
                of("arpa", "totals", MovementSpec.ofEnd(money(RevenueReadings::mean))),
                of(
                        "mrr_growth",
                        MovementSpec.ofMoves(
                                money(ledger -> Retained.part(ledger.end().subtract(ledger.start()), ledger.start())),
                                "f.ended > 0")),
                of("mrr_movements", MovementSpec.ofMoves(money(MovementFigures::of), "f.ended > f.started")),
                new Answerable("win_back_rate", List.of(), new WinBackReading(movements)),
                new Answerable("cohort_retention", List.of(), new CohortReading(cohorts)),
                of("quick_ratio", MovementSpec.ofMoves(money(RevenueReadings::quick), "f.ended > f.started")),
                of(
                        "in_period_churn",
                        new MovementSpec(
                                RevenueReadings::within,
                                "f.movement in ('new', 'in_period')",
                                "f.movement = 'in_period'",
                                true))));
        return all;
    }

    private Answerable net() {
        MovementSpec standard = MovementSpec.ofStart(money(RevenueReadings::net), "f.ended > 0");
        MovementSpec back = new MovementSpec(
                money(ledger ->
                        Retained.part(ledger.endOfThoseLive().add(ledger.moved(Move.REACTIVATION)), ledger.start())),
                "f.live_started or f.movement = 'reactivation'",
                "f.ended > 0",
                true);
        return new Answerable(
                "nrr",
                List.of(AS_RUN, WITH_REACTIVATION, WITHOUT_PRICES),
                new MovementMetric(
                        movements,
                        Map.of(
                                STANDARD,
                                standard,
                                AS_RUN.id(),
                                standard.asRun(),
                                WITH_REACTIVATION.id(),
                                back,
                                WITHOUT_PRICES.id(),
                                MovementSpec.ofStart(money(RevenueReadings::netOfDecisions), "f.ended > 0"))));
    }

    /** Agreed prices are expansion when they take effect, unless they are left out. */
    private Answerable expansion() {
        MovementSpec standard = MovementSpec.ofStart(
                money(ledger -> Retained.part(ledger.dearer(), ledger.start())),
                "f.movement in ('expansion', 'price_escalator')");
        MovementSpec decided = MovementSpec.ofStart(
                money(ledger -> Retained.part(ledger.size(Move.EXPANSION), ledger.start())),
                "f.movement = 'expansion'");
        return new Answerable(
                "expansion_rate",
                List.of(AS_RUN, WITHOUT_PRICES),
                new MovementMetric(
                        movements,
                        Map.of(STANDARD, standard, AS_RUN.id(), standard.asRun(), WITHOUT_PRICES.id(), decided)));
    }

    private Answerable moved(String metric, Move move) {
        return of(
                metric,
                MovementSpec.ofStart(
                        money(ledger -> Retained.part(ledger.size(move), ledger.start())),
                        "f.movement = '" + move.key() + "'"));
    }

    /** Of all customers live at the start, or of those who were due. */
    private Answerable contraction() {
        Answerable standard = moved("contraction_rate", Move.CONTRACTION);
        List<Definition> further = new ArrayList<>(standard.further());
        further.add(DUE);
        RenewalSpec due = new RenewalSpec(RenewalSource.LESS, "true", "true", true);
        return new Answerable(
                standard.metric(),
                further,
                new ByDefinition(standard.reading(), new RenewalMetric(renewals, Map.of(DUE.id(), due))));
    }

    private Answerable of(String metric, MovementSpec spec) {
        return of(metric, STANDARD, spec);
    }

    private Answerable of(String metric, String definition, MovementSpec spec) {
        return new Answerable(
                metric,
                List.of(AS_RUN),
                new MovementMetric(movements, specs(definition, spec, AS_RUN.id(), spec.asRun())));
    }

    private static Map<String, MovementSpec> specs(String one, MovementSpec first, String other, MovementSpec second) {
        Map<String, MovementSpec> specs = new LinkedHashMap<>();
        specs.put(one, first);
        specs.put(other, second);
        return specs;
    }

    /** Rates of money rest on the customers live at the start. */
    private static Function<Ledgers, Figure> money(Function<Ledger, Figure> figure) {
        return ledgers -> ledgers.money(figure);
    }

    static Figure net(Ledger ledger) {
        return net(ledger, ledger.dearer());
    }

    private static Figure netOfDecisions(Ledger ledger) {
        return net(ledger, ledger.size(Move.EXPANSION));
    }

    private static Figure net(Ledger ledger, BigDecimal expansion) {
        return Retained.net(ledger.start(), expansion, ledger.size(Move.CONTRACTION), ledger.size(Move.CHURN))
                .sampled(ledger.customersStart());
    }

    static Figure gross(Ledger ledger) {
        return Retained.kept(ledger.start(), ledger.smaller()).sampled(ledger.customersStart());
    }

    private static Figure lost(Ledger ledger) {
        return Retained.part(ledger.size(Move.CHURN).add(ledger.size(Move.CONTRACTION)), ledger.start())
                .sampled(ledger.customersStart());
    }

    private static Figure lostNet(Ledger ledger) {
        return Retained.part(
                        ledger.size(Move.CHURN)
                                .add(ledger.size(Move.CONTRACTION))
                                .subtract(ledger.dearer()),
                        ledger.start())
                .sampled(ledger.customersStart());
    }

    static Figure kept(Ledgers ledgers) {
        long start = ledgers.customers(Ledger::customersStart);
        return Retained.customers(number(ledgers.customers(Ledger::customersKept)), number(start))
                .sampled(start);
    }

    private static Figure churned(Ledgers ledgers) {
        long start = ledgers.customers(Ledger::customersStart);
        return Retained.customers(number(start - ledgers.customers(Ledger::customersKept)), number(start))
                .sampled(start);
    }

    private static Figure growth(Ledgers ledgers) {
        long start = ledgers.customers(Ledger::customersStart);
        return Retained.customers(number(ledgers.customers(Ledger::customersEnd) - start), number(start));
    }

    private static Figure within(Ledgers ledgers) {
        long arrived = ledgers.customers(ledger -> ledger.rows(Move.NEW));
        long within = ledgers.customers(Ledger::customersWithin);
        return Figure.share(
                        number(within),
                        number(arrived + within),
                        new io.perennial.metrics.Reason("NO_NEW_CUSTOMERS", "No customer came in the period."))
                .sampled(arrived + within);
    }

    private static Figure amount(BigDecimal amount, Ledger ledger) {
        return ledger.currency().isEmpty()
                ? Figure.none(Ledgers.NO_REVENUE)
                : Figure.of(amount).with("customers", number(ledger.customersEnd()));
    }

    private static Figure mean(Ledger ledger) {
        return Retained.mean(Ledger.monthly(ledger.end()), number(ledger.customersEnd()))
                .sampled(ledger.customersEnd());
    }

    private static Figure quick(Ledger ledger) {
        return Retained.quick(
                ledger.size(Move.NEW).add(ledger.size(Move.REACTIVATION)).add(ledger.dearer()),
                ledger.size(Move.CONTRACTION).add(ledger.size(Move.CHURN)));
    }

    private static BigDecimal number(long many) {
        return BigDecimal.valueOf(many);
    }
}
