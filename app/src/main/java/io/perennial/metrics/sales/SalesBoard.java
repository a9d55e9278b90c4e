package io.perennial.metrics.sales;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.service.ServiceBoard;
import io.perennial.metrics.service.ServiceBoard.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads many figures of service sales with few statements, as of one moment. */
@Component
public class SalesBoard {

    private final Metrics metrics;
    private final SalesReadings sales;
    private final ServiceBoard others;

    SalesBoard(Metrics metrics, SalesReadings sales, ServiceBoard others) {
        this.metrics = metrics;
        this.sales = sales;
        this.others = others;
    }

    /** Answers to several questions about the same figures; what cannot be cut by a question's dimension is left out. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Map<Asked, Answer>> read(List<Ask> asks) {
        sales.prepare();
        SalesLook look = new SalesLook(sales);
        Map<Ask, Map<Asked, Answer>> read = new HashMap<>();
        asks.stream()
                .sorted(Comparator.comparing(ask -> ask.question().by() == null)) // totals follow from cuts
                .forEach(ask -> read.put(ask, read(ask, look)));
        return asks.stream().map(read::get).map(Objects::requireNonNull).toList();
    }

    /** Some figures, by one question. */
    public record Ask(List<Asked> figures, Question question) {}

    private Map<Asked, Answer> read(Ask ask, SalesLook look) {
        Map<Asked, Answer> found = new LinkedHashMap<>();
        List<Asked> rest = new ArrayList<>();
        Question question = ask.question();
        for (Asked one : ask.figures()) {
            Metric metric = metrics.find(one.metric()).orElseThrow();
            if (!(Metrics.reading(metric) instanceof SalesMetric reading)) {
                rest.add(one);
            } else if (question.by() == null || reading.dimensions().contains(question.by())) {
                found.put(
                        one,
                        reading.read(
                                question.as(metric.definition(one.definition()).orElseThrow()), look));
            }
        }
        Map<Asked, Answer> read = rest.isEmpty() ? Map.of() : others.read(rest, question);
        Map<Asked, Answer> answers = new LinkedHashMap<>();
        for (Asked one : ask.figures()) {
            Answer answer = found.getOrDefault(one, read.get(one));
            if (answer != null) {
                answers.put(one, answer);
            }
        }
        return answers;
    }
}
