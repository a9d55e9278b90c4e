package io.perennial.metrics.formula;

import static io.perennial.metrics.Input.choice;
import static io.perennial.metrics.Input.count;
import static io.perennial.metrics.Input.number;

import io.perennial.metrics.Area;
import io.perennial.metrics.Direction;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Input.Kind;
import io.perennial.metrics.Inputs;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** What customers say, and how sure one can be. */
@Component
class SampleMetrics implements MetricSource {

    private static final Reason NO_RESPONSES = new Reason("NO_RESPONSES", "Nobody has answered.");

    @Override
    public List<Metric> metrics() {
        return List.of(nps(), npsInterval(), ces(), proportion(), difference(), correlation());
    }

    private static Metric nps() {
        return Metric.of("nps", "Net Promoter Score", Area.SATISFACTION, Unit.POINTS)
                .asks("Would customers recommend us?")
                .formula("Share of answers 9 and 10 less share of answers 0 to 6, on a scale of 0 to 10.")
                .counts("Promoters (9, 10) less detractors (0 to 6)", "All answers")
                .leavesOut("A second answer of the same person in the same wave.")
                .from("surveys")
                .ofOpinions()
                .definition("respondents", "All respondents", "Every answer counts once.")
                .form(
                        SampleMetrics::npsOfScores,
                        Input.of("scores", Kind.NUMBERS, "Answers from 0 to 10.", "[9, 10, 7, 3]"))
                .form(
                        in -> Recommendation.of(in.count("promoters"), in.count("passives"), in.count("detractors")),
                        count("promoters", "Answers 9 and 10.", "42"),
                        count("passives", "Answers 7 and 8.", "31"),
                        count("detractors", "Answers 0 to 6.", "12"))
                .done();
    }

    private static Figure npsOfScores(Inputs in) {
        Recommendation.Answers answers = Recommendation.answers(in, "scores");
        return Recommendation.of(answers.promoters(), answers.passives(), answers.detractors());
    }

    private static Metric npsInterval() {
        return Metric.of("nps_ci", "Interval of the Net Promoter Score", Area.SATISFACTION, Unit.POINTS)
                .asks("How sure is the Net Promoter Score?")
                .formula("Width of the interval: twice the quantile times √((p + d − (p − d)²) ÷ n).")
                .better(Direction.DOWN)
                .from("surveys")
                .ofOpinions()
                .definition("adjusted_wald", "Adjusted Wald", "Adds ¾ promoter, ¾ detractor and 1½ passives.")
                .form(in -> width(in, true), share("p_promoter"), share("p_detractor"), answers(), level())
                .definition("wald", "Plain Wald", "Without additions; too narrow for few answers.")
                .form(in -> width(in, false), share("p_promoter"), share("p_detractor"), answers(), level())
                .done();
    }

    private static Figure width(Inputs in, boolean adjust) {
        double p = in.amount("p_promoter").doubleValue();
        double d = in.amount("p_detractor").doubleValue();
        if (p + d > 1.000001) {
            throw in.wrong("p_detractor", "more_than_all", "Promoters and detractors together are more than all.");
        }
        long n = in.count("n");
        if (n == 0) {
            return Figure.none(NO_RESPONSES);
        }
        double level = in.level("level");
        Interval range = adjust
                ? Recommendation.adjusted(p * n, d * n, n, level)
                : Recommendation.interval(p, d, n, level, "wald");
        return Figure.of(range.to().subtract(range.from()))
                .with("nps", BigDecimal.valueOf(100 * (p - d)))
                .within(range)
                .sampled(n);
    }

    private static Input share(String name) {
        return Input.amount(name, "Share between 0 and 1.", "0.4");
    }

    private static Input answers() {
        return count("n", "Answers.", "200");
    }

    private static Input level() {
        return number("level", "Level of confidence.", "0.95").optional();
    }

    private static Metric ces() {
        return Metric.of("ces", "Customer effort score", Area.SATISFACTION, Unit.PERCENT)
                .asks("How easy is it to get help?")
                .formula("Share of answers that agree that it was easy.")
                .counts("Answers that agree", "All answers")
                .from("surveys")
                .ofOpinions()
                .definition("top3_of_7", "5 to 7 of 7", "On a scale of 1 to 7, answers 5, 6 and 7.")
                .form(
                        in -> satisfied(in.count("top3"), in.count("total"), in, "top3"),
                        number("scale", "7", "7").optional(),
                        count("top3", "Answers 5 to 7.", "65"),
                        count("total", "All answers.", "100"))
                .definition(
                        "top2_of_5",
                        "4 and 5 of 5",
                        "On a scale of 1 to 5, answers 4 and 5. Not to be compared with 7.")
                .form(
                        SampleMetrics::agreeing,
                        number("scale", "5", "5").optional(),
                        Input.of(
                                "counts",
                                Kind.COUNTS,
                                "Answers by name: agree(4-5), neutral(3), disagree(1-2); or by number.",
                                "{\"agree(4-5)\": 10, \"neutral(3)\": 5, \"disagree(1-2)\": 5}"))
                .done();
    }

    private static Figure agreeing(Inputs in) {
        long agree = 0;
        long all = 0;
        for (var entry : in.counts("counts").entrySet()) {
            long many = entry.getValue().longValue();
            all += many;
            boolean agrees = entry.getKey().startsWith("agree")
                    || entry.getKey().equals("4")
                    || entry.getKey().equals("5");
            agree += agrees ? many : 0;
        }
        return satisfied(agree, all, in, "counts");
    }

    static Figure satisfied(long hits, long all, Inputs in, String field) {
        if (hits > all) {
            throw in.wrong(field, "more_than_all", "A part cannot be more than all answers.");
        }
        Figure figure = Figure.share(BigDecimal.valueOf(hits), BigDecimal.valueOf(all), NO_RESPONSES)
                .sampled(all);
        return all == 0 ? figure : figure.within(Statistics.percent(hits, all));
    }

    private static Metric proportion() {
        return Metric.of("proportion_ci", "Interval of a share", Area.SATISFACTION, Unit.RATIO)
                .asks("Between what does a share lie, of which only a sample is known?")
                .formula("Wilson's score interval of x of n.")
                .better(Direction.NEITHER)
                .from("numbers sent")
                .ofOpinions()
                .form(
                        SampleMetrics::interval,
                        count("x", "Hits.", "81"),
                        count("n", "Trials.", "263"),
                        level(),
                        choice(
                                "method",
                                "How it is computed.",
                                Statistics.WILSON,
                                Statistics.CONTINUITY,
                                Statistics.EXACT,
                                Statistics.ADJUSTED))
                .done();
    }

    private static Figure interval(Inputs in) {
        BigDecimal hits = Shares.part(in, "x", "n");
        long n = in.count("n");
        if (n == 0) {
            return Figure.none(NO_RESPONSES);
        }
        String method = in.text("method", Statistics.WILSON);
        return Figure.of(Exact.divide(hits, BigDecimal.valueOf(n)))
                .from(hits, BigDecimal.valueOf(n))
                .within(Statistics.share(hits.longValue(), n, in.level("level"), method))
                .sampled(n);
    }

    private static Metric difference() {
        return Metric.of("proportion_difference_ci", "Difference of two shares", Area.SATISFACTION, Unit.RATIO)
                .asks("Are customers with a defect less satisfied than others, or is it chance?")
                .formula("x1 ÷ n1 − x2 ÷ n2, with Newcombe's hybrid score interval.")
                .leavesOut("It is no effect when the interval covers 0.")
                .better(Direction.NEITHER)
                .from("numbers sent")
                .ofOpinions()
                .form(
                        SampleMetrics::newcombe,
                        count("x1", "Hits of the first group.", "56"),
                        count("n1", "All of the first group.", "70"),
                        count("x2", "Hits of the second group.", "48"),
                        count("n2", "All of the second group.", "80"),
                        level())
                .done();
    }

    private static Figure newcombe(Inputs in) {
        double x1 = Shares.part(in, "x1", "n1").doubleValue();
        double x2 = Shares.part(in, "x2", "n2").doubleValue();
        long n1 = in.count("n1");
        long n2 = in.count("n2");
        if (n1 == 0 || n2 == 0) {
            return Figure.none(NO_RESPONSES);
        }
        return Figure.of(BigDecimal.valueOf(x1 / n1 - x2 / n2))
                .within(Statistics.difference((long) x1, n1, (long) x2, n2, in.level("level")))
                .sampled(Math.min(n1, n2));
    }

    private static Metric correlation() {
        return Metric.of("correlation", "Correlation", Area.ENGAGEMENT, Unit.COEFFICIENT)
                .asks("How does the health of customer relationships correlate to engagement?")
                .formula("Spearman's ρ with average ranks for ties; Pearson's r on request.")
                .leavesOut("Customers of whom only one of the two is known.")
                .better(Direction.NEITHER)
                .from("health, engagement, cases")
                .ofOpinions()
                .form(
                        Correlations::compute,
                        Input.of("x", Kind.NUMBERS, "One number for each customer.", "[1, 2, 3, 4]"),
                        Input.of("y", Kind.NUMBERS, "The other, in the same order.", "[2, 1, 4, 3]"),
                        choice("method", "Which coefficient.", "spearman", "pearson"))
                .done();
    }
}
