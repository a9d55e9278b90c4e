package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A metric of cases with its definitions, each as SQL. */
final class CaseMetric implements Reading {

    private final CaseReadings cases;
    private final Map<String, Spec> specs;

    CaseMetric(CaseReadings cases, Map<String, Spec> specs) {
        this.cases = cases;
        this.specs = specs;
    }

    Spec spec(String definition) {
        return Objects.requireNonNull(specs.get(definition));
    }

    @Override
    public Answer read(Question question) {
        Spec spec = spec(question.definition().id());
        if (spec.base() != Base.OPEN || question.by() != Dimension.MONTH || question.group() != null) {
            return cases.read(spec, question);
        }
        Answer months = cases.read(spec.on(Base.OPEN_EACH_MONTH), question);
        Answer now = cases.read(spec, question.by(null));
        return new Answer(now.total(), months.groups(), months.left());
    }

    @Override
    public Set<String> definitions() {
        return specs.keySet();
    }

    @Override
    public Set<Dimension> dimensions() {
        return Dimension.OF_CASES;
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        Spec spec = spec(question.definition().id());
        boolean backlogOfMonth =
                spec.base() == Base.OPEN && question.by() == Dimension.MONTH && question.group() != null;
        return cases.rows(backlogOfMonth ? spec.on(Base.OPEN_EACH_MONTH) : spec, question, part, page);
    }

    @Override
    public String sql(Question question) {
        return CaseSql.summary(List.of(spec(question.definition().id())), question);
    }
}
