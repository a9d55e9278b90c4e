package io.perennial.metrics.revenue;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import java.util.HashSet;
import java.util.Set;

/** A metric whose definitions are read in two ways. What cannot be cut in both ways is not cut. */
record ByDefinition(Reading one, Reading other) implements Reading {

    private Reading of(Question question) {
        return one.definitions().contains(question.definition().id()) ? one : other;
    }

    @Override
    public Answer read(Question question) {
        return of(question).read(question);
    }

    @Override
    public Set<String> definitions() {
        Set<String> all = new HashSet<>(one.definitions());
        all.addAll(other.definitions());
        return all;
    }

    @Override
    public Set<Dimension> dimensions() {
        Set<Dimension> both = new HashSet<>(one.dimensions());
        both.retainAll(other.dimensions());
        return both;
    }

    @Override
    public int usualDays() {
        return one.usualDays();
    }

    @Override
    public Heads heads() {
        return one.heads();
    }

    @Override
    public Rows rows(Question question, Part part, int page) {
        return of(question).rows(question, part, page);
    }

    @Override
    public String sql(Question question) {
        return of(question).sql(question);
    }
}
