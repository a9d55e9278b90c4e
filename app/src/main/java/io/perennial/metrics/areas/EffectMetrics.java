package io.perennial.metrics.areas;

import static io.perennial.metrics.Input.count;

import io.perennial.metrics.Area;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Input;
import io.perennial.metrics.Interval;
import io.perennial.metrics.Metric;
import io.perennial.metrics.MetricSource;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.Recommendation;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** What defects do to satisfaction, and what customers say that the product did for them. */
@Component
class EffectMetrics implements MetricSource {

    private static final int QUARTER = 90;
    private static final int YEAR = 365;
    private static final Reason NO_ANSWERS =
            new Reason("NO_RESPONSES", "Answers are needed on both sides: after cases of a defect and after others.");
    private static final Reason NO_PERCEPTION =
            new Reason("NO_RESPONSES", "Nobody was asked what the product did for them, or nobody has answered.");

    private final CustomerReadings customers;

    EffectMetrics(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(defects(), perception());
    }

    private Metric defects() {
        String rows = """
                select c.account_id, c.satisfaction is not null and coalesce(c.cause, '') <> '' as counted,
                    coalesce(lower(c.cause) in ('defect', 'bug', 'product defect'), false) as hit, null::numeric as amount,
                    null::numeric as base, '' as currency, extract(epoch from c.resolved_at) as rank,
                    'case #' || c.number || ', ' || coalesce(c.cause, 'no cause') || coalesce(': '
                        || round(c.satisfaction, 1) || ' of ' || coalesce(c.satisfaction_scale, 5), ', no answer') as note,
                    c.satisfaction / coalesce(nullif(c.satisfaction_scale, 0), 5) >= 0.8 as satisfied,
                    c.satisfaction is null as silent
                from cases.support_case c
                where c.resolved_at >= :from and c.resolved_at < :until and c.merged_into is null""";
        CustomerSpec spec = CustomerSpec.of("", rows, EffectMetrics::difference, NO_ANSWERS)
                .with("satisfied_after_defects", "count(*) filter (where f.counted and f.hit and f.satisfied)")
                .with("satisfied_after_others", "count(*) filter (where f.counted and not f.hit and f.satisfied)")
                .leavingOut("no answer", "f.silent")
                .leavingOut("not classified", "not f.counted and not f.silent");
        return Metric.of("defect_effect", "Effect of defects on satisfaction", Area.DEFECTS, Unit.POINTS)
                .asks("How do defect related issues affect customer satisfaction?")
                .formula("Satisfied after cases of a defect less satisfied after other cases, in percentage points.")
                .counts("Cases of a defect with an answer", "Solved cases with a cause and an answer")
                .leavesOut(
                        "Cases without cause or without answer. It is no effect while the interval covers 0: then these answers"
                                + " cannot tell it from chance.")
                .from("cases")
                .ofOpinions()
                .form(
                        in -> difference(in.count("x1"), in.count("n1"), in.count("x2"), in.count("n2"), NO_ANSWERS),
                        count("x1", "Satisfied after a defect.", "40"),
                        count("n1", "Answers after a defect.", "60"),
                        count("x2", "Satisfied after another case.", "170"),
                        count("n2", "Answers after another case.", "200"))
                .definition(
                        "nps",
                        "On recommendation",
                        "Net Promoter Score of customers with a case of a defect in the 90 days before they answered, less that of"
                                + " customers with other cases only.")
                .form(
                        in -> Recommendation.difference(in, "scores_after_defects", "scores_after_others", NO_ANSWERS),
                        Input.of(
                                "scores_after_defects", Input.Kind.NUMBERS, "Answers from 0 to 10.", "[3, 7, 9, 6, 8]"),
                        Input.of(
                                "scores_after_others", Input.Kind.NUMBERS, "Answers from 0 to 10.", "[9, 8, 10, 7, 9]"))
                .reads(new CustomerMetric(
                        customers, QUARTER, CustomerSpec.inOrder("standard", spec, "nps", recommendation())))
                .done();
    }

    private static CustomerSpec recommendation() {
        return CustomerSpec.of("", """
                        select r.account_id, r.score is not null and c.cases > 0 and coalesce(r.scale_max, 10) = 10 as counted,
                            c.defects > 0 as hit, null::numeric as amount, null::numeric as base, '' as currency,
                            extract(epoch from r.answered_at) as rank, r.score,
                            to_char(r.answered_at at time zone 'UTC', 'YYYY-MM-DD') || ': ' || coalesce(trim_scale(r.score)::text, 'no score')
                                || ', ' || c.cases || ' cases before, ' || c.defects || ' of a defect' as note
                        from surveys.survey_response r
                        cross join lateral (
                            select count(*) as cases, count(*) filter (
                                where lower(c.cause) in ('defect', 'bug', 'product defect')) as defects
                            from cases.support_case c
                            where c.account_id = r.account_id and c.merged_into is null and coalesce(c.cause, '') <> ''
                              and c.resolved_at >= r.answered_at - interval '90 days' and c.resolved_at < r.answered_at
                        ) c
                        where r.kind = 'nps' and r.answered_at >= :from and r.answered_at < :until""", EffectMetrics::recommended, NO_ANSWERS)
                .with("promoters_defects", "count(*) filter (where f.counted and f.hit and f.score >= 9)")
                .with("detractors_defects", "count(*) filter (where f.counted and f.hit and f.score <= 6)")
                .with("promoters_others", "count(*) filter (where f.counted and not f.hit and f.score >= 9)")
                .with("detractors_others", "count(*) filter (where f.counted and not f.hit and f.score <= 6)")
                .leavingOut("no score, or no classified case in the 90 days before", "not f.counted");
    }

    private static Figure recommended(Tally tally) {
        return Recommendation.difference(
                answers(tally, "defects", tally.hits()),
                answers(tally, "others", tally.n() - tally.hits()),
                NO_ANSWERS);
    }

    private static Recommendation.Answers answers(Tally tally, String side, long all) {
        long promoters = tally.further("promoters_" + side).longValue();
        long detractors = tally.further("detractors_" + side).longValue();
        return new Recommendation.Answers(promoters, all - promoters - detractors, detractors);
    }

    private static Figure difference(Tally tally) {
        return difference(
                tally.further("satisfied_after_defects").longValue(),
                tally.hits(),
                tally.further("satisfied_after_others").longValue(),
                tally.n() - tally.hits(),
                NO_ANSWERS);
    }

    /** Of two shares, in percentage points, with Newcombe's interval. */
    static Figure difference(long x1, long n1, long x2, long n2, Reason empty) {
        if (n1 == 0 || n2 == 0) {
            return Figure.none(empty).from(BigDecimal.valueOf(n1), BigDecimal.valueOf(n1 + n2));
        }
        if (x1 > n1 || x2 > n2) {
            throw new io.perennial.metrics.BadInput(
                    x1 > n1 ? "x1" : "x2", "more_than_all", "A part cannot be more than all answers.", "");
        }
        Interval range = Statistics.difference(x1, n1, x2, n2, 0.95);
        BigDecimal one = Exact.percent(BigDecimal.valueOf(x1), BigDecimal.valueOf(n1));
        BigDecimal other = Exact.percent(BigDecimal.valueOf(x2), BigDecimal.valueOf(n2));
        return Figure.of(one.subtract(other))
                .with("satisfied_after_defects_percent", one)
                .with("satisfied_after_others_percent", other)
                .with("answers_after_defects", BigDecimal.valueOf(n1))
                .with("answers_after_others", BigDecimal.valueOf(n2))
                .within(new Interval(
                        range.from().multiply(Exact.HUNDRED),
                        range.to().multiply(Exact.HUNDRED),
                        range.level(),
                        range.method()))
                .sampled(Math.min(n1, n2));
    }

    private Metric perception() {
        return Metric.of("success_perception", "Perceived impact", Area.SUCCESS, Unit.PERCENT)
                .asks("Are customers able to apply the product to meet their business goals?")
                .formula("Answers of the class to the question what the product did for them ÷ all answers.")
                .counts("Answers of the class", "Answers with a score")
                .leavesOut("Answers without a score.")
                .from("surveys")
                .ofOpinions()
                .definition("positive", "Positive impact", "The success rate: 4 and 5 of 5.")
                .form(
                        io.perennial.metrics.formula.Shares.of(
                                "of_class", "answers", "NO_RESPONSES", "Nobody answered."),
                        count("of_class", "Answers of the class.", "66"),
                        count("answers", "All answers.", "100"))
                .definition("neutral", "Neutral impact", "3 of 5.")
                .definition("none_or_negative", "None or negative impact", "1 and 2 of 5.")
                .reads(new CustomerMetric(
                        customers,
                        YEAR,
                        CustomerSpec.inOrder(
                                "positive", perceived(1), "neutral", perceived(0), "none_or_negative", perceived(-1))))
                .done();
    }

    private static CustomerSpec perceived(int kind) {
        return CustomerSpec.ofClass(
                        "",
                        """
                        select r.account_id, r.tone is not null as counted, r.tone = 1 as hit, r.tone::text as class,
                            null::numeric as amount, null::numeric as base, '' as currency,
                            extract(epoch from r.answered_at) as rank,
                            to_char(r.answered_at at time zone 'UTC', 'YYYY-MM-DD') || ': '
                                || coalesce(round(r.score, 1) || ' of ' || coalesce(r.scale_max, 5), 'no score')
                                || coalesce(', ' || left(r.comment, 120), '') as note
                        from (
                            select r.*, %s as tone from surveys.survey_response r
                            where r.kind = 'success' and r.answered_at >= :from and r.answered_at < :until
                        ) r""".formatted(EngagementSql.answer("r.score", "coalesce(r.scale_max, 5)")),
                        EngagementSql.TONES,
                        Integer.toString(kind),
                        (hits, tally) -> CustomerSpec.opinion(hits, tally, NO_PERCEPTION),
                        NO_PERCEPTION)
                .leavingOut("no score", "not f.counted");
    }
}
