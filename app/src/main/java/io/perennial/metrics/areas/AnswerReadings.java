package io.perennial.metrics.areas;

import io.perennial.metrics.Definition;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Interval;
import io.perennial.metrics.MetricReadings;
import io.perennial.metrics.Reason;
import io.perennial.metrics.formula.Recommendation;
import io.perennial.metrics.formula.Statistics;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether customers recommend us and how easy they find it, from the answers on record. */
@Component
class AnswerReadings implements MetricReadings {

    private static final int QUARTER = 90;
    private static final double LEVEL = 0.95;
    private static final Reason NO_RESPONSES =
            new Reason("NO_RESPONSES", "Nobody was asked in the period, or nobody has answered.");

    /** One answer of a person in a wave: the last. Answers of nobody in particular each count. */
    private static final String ANSWERS = """
            answer as (
                select distinct on (r.account_id, r.survey, coalesce(r.contact_id, r.id)) r.account_id, r.score, r.answered_at, r.comment,
                    coalesce(r.scale_max, %2$s) as scale
                from surveys.survey_response r
                where r.kind = '%1$s' and r.answered_at >= :from and r.answered_at < :until
                order by r.account_id, r.survey, coalesce(r.contact_id, r.id), r.answered_at desc
            )""";

    private static final String NOTE = """
            to_char(r.answered_at at time zone 'UTC', 'YYYY-MM-DD') || ': ' || coalesce(trim_scale(r.score) || ' of ' || trim_scale(r.scale),
                'no score') || coalesce(', ' || left(r.comment, 120), '')""";

    private final CustomerReadings customers;

    AnswerReadings(CustomerReadings customers) {
        this.customers = customers;
    }

    @Override
    public List<Answerable> readings() {
        return List.of(
                new Answerable(
                        "nps",
                        List.of(new Definition(
                                "customers",
                                "Each customer once",
                                "The score of each customer by itself, and the mean of these: large customers with many answers weigh"
                                        + " no more than small ones.")),
                        new CustomerMetric(
                                customers,
                                QUARTER,
                                CustomerSpec.inOrder("respondents", respondents(), "customers", byCustomer()))),
                new Answerable(
                        "ces",
                        List.of(),
                        new CustomerMetric(
                                customers,
                                QUARTER,
                                CustomerSpec.inOrder("top3_of_7", effort(7, 5), "top2_of_5", effort(5, 4)))));
    }

    private static CustomerSpec respondents() {
        return CustomerSpec.of(
                        ANSWERS.formatted("nps", "10"),
                        """
                        select r.account_id, r.score is not null and r.scale = 10 as counted, r.score >= 9 as hit, null::numeric as amount,
                            null::numeric as base, '' as currency, -r.score as rank, r.score, %s as note
                        from answer r""".formatted(NOTE.strip()),
                        tally -> tally.n() == 0
                                ? Figure.none(NO_RESPONSES)
                                : Recommendation.of(
                                        tally.hits(),
                                        tally.n()
                                                - tally.hits()
                                                - tally.further("detractors").longValue(),
                                        tally.further("detractors").longValue()),
                        NO_RESPONSES)
                .with("detractors", "count(*) filter (where f.counted and f.score <= 6)")
                .leavingOut("no score, or not on a scale of 0 to 10", "not f.counted");
    }

    private static CustomerSpec byCustomer() {
        return CustomerSpec.of(ANSWERS.formatted("nps", "10"), """
                        select r.account_id, true as counted, r.net > 0 as hit, r.net as amount, 1::numeric as base, '' as currency,
                            -r.net as rank, round(r.net) || ' of ' || r.answers || ' answers' as note
                        from (
                            select a.account_id, count(*) as answers,
                                100.0 * (count(*) filter (where a.score >= 9) - count(*) filter (where a.score <= 6)) / count(*) as net
                            from answer a where a.score is not null and a.scale = 10 group by 1
                        ) r""", AnswerReadings::mean, NO_RESPONSES)
                .with("deviation", "stddev_samp(f.amount)");
    }

    /** With the interval of a mean; of a single customer there is none. */
    private static Figure mean(Tally tally) {
        Figure figure = CustomerSpec.ratio(tally, NO_RESPONSES);
        BigDecimal mean = figure.value();
        if (mean == null || tally.n() < 2) {
            return figure;
        }
        double half = Statistics.quantile(LEVEL) * tally.further("deviation").doubleValue() / Math.sqrt(tally.n());
        return figure.within(new Interval(
                BigDecimal.valueOf(Math.max(-100, mean.doubleValue() - half)),
                BigDecimal.valueOf(Math.min(100, mean.doubleValue() + half)),
                LEVEL,
                "normal"));
    }

    private static CustomerSpec effort(int scale, int easy) {
        return CustomerSpec.opinions(
                        ANSWERS.formatted("ces", "5"), """
                        select r.account_id, r.score is not null and r.scale = %1$d as counted, coalesce(r.score >= %2$d, false) as hit,
                            null::numeric as amount, null::numeric as base, '' as currency, -r.score as rank, %3$s as note
                        from answer r""".formatted(scale, easy, NOTE.strip()), NO_RESPONSES)
                .leavingOut("no score, or on another scale", "not f.counted");
    }
}
