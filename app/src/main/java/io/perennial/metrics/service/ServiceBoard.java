package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads many figures with few looks at the cases: those with the same base come from one statement. */
@Component
public class ServiceBoard {

    private final Metrics metrics;
    private final CaseReadings cases;

    ServiceBoard(Metrics metrics, CaseReadings cases) {
        this.metrics = metrics;
        this.cases = cases;
    }

    /** A metric by one of its definitions. */
    public record Asked(String metric, String definition) {}

    /** Answers by what was asked; what cannot be cut by the question's dimension is left out. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Map<Asked, Answer> read(List<Asked> asked, Question question) {
        Map<Asked, Answer> answers = new LinkedHashMap<>();
        Map<Base, List<Asked>> together = new LinkedHashMap<>();
        for (Asked one : asked) {
            Metric metric = metrics.find(one.metric()).orElseThrow();
            if (Metrics.reading(metric) instanceof CaseMetric reading) {
                Base base = reading.spec(one.definition()).base();
                together.computeIfAbsent(base, none -> new ArrayList<>()).add(one);
            } else if (question.by() == null
                    || Metrics.reading(metric).dimensions().contains(question.by())) {
                answers.put(one, metrics.read(metric, as(question, metric, one)));
            }
        }
        together.forEach((base, ofBase) -> {
            Base from = base == Base.OPEN && question.by() == Dimension.MONTH ? Base.OPEN_EACH_MONTH : base;
            List<Spec> specs = ofBase.stream().map(one -> spec(one).on(from)).toList();
            List<Answer> read = cases.read(specs, question);
            for (int i = 0; i < read.size(); i++) {
                answers.put(ofBase.get(i), read.get(i));
            }
        });
        return answers;
    }

    private Spec spec(Asked one) {
        Metric metric = metrics.find(one.metric()).orElseThrow();
        return ((CaseMetric) Metrics.reading(metric)).spec(one.definition());
    }

    private static Question as(Question question, Metric metric, Asked one) {
        return question.as(metric.definition(one.definition()).orElseThrow());
    }
}
