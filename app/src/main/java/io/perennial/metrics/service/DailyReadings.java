package io.perennial.metrics.service;

import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Question;
import io.perennial.metrics.service.DayFigures.Day;
import io.perennial.metrics.service.DayFigures.Range;
import io.perennial.metrics.service.DayFigures.Span;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers from figures kept by day: for the whole company, as a total or by month. Today, and days of which something
 * changed, are counted from the cases in the same look, so the answer is that of the cases.
 */
@Component
class DailyReadings {

    /** With more days to be counted from cases than this, one look at all cases is no slower. */
    private static final int MOST_DAYS_COUNTED = 45;

    /** Values of a spread that are sorted in memory, eight bytes each. */
    private static final long MOST_VALUES = 1_000_000;

    private final DayFigures days;

    DailyReadings(DayFigures days) {
        this.days = days;
    }

    /** Answers in the order of the specs, which all have the same base; empty when the cases are to be asked. */
    Optional<List<Answer>> read(List<Spec> specs, Question question) {
        Plan plan = plan(specs, question);
        return plan == null ? Optional.empty() : Optional.of(answers(specs, question, plan));
    }

    /** What is counted in the whole period; empty when the cases are to be asked. */
    Optional<Tally> tally(Spec spec, Question question) {
        Plan plan = plan(List.of(spec), question);
        if (plan == null) {
            return Optional.empty();
        }
        Sample sample = new Sample(spec);
        visit(List.of(spec), question, plan, (day, first) -> sample.add(day));
        return Optional.of(sample.tally());
    }

    private static boolean isKept(List<Spec> specs, Question question) {
        boolean months = question.by() == Dimension.MONTH;
        return !(question.owner() != null
                || question.group() != null
                || question.by() != null && !months
                || specs.stream().anyMatch(spec -> DailySpecs.name(spec).isEmpty())
                || months && question.from().plusMonths(CaseSql.MOST_GROUPS - 1).isBefore(question.until()));
    }

    /**
     * @param changed of the kept ones
     * @param counted to be asked of the cases
     */
    private record Plan(Range kept, List<LocalDate> changed, List<Span> counted) {}

    private @Nullable Plan plan(List<Spec> specs, Question question) {
        Base base = specs.getFirst().base();
        Range known = isKept(specs, question) ? days.range(base) : null;
        if (known == null) {
            return null;
        }
        LocalDate earliest = days.first(base);
        LocalDate first = earliest == null ? question.until() : later(earliest, question.from());
        LocalDate today = LocalDate.ofInstant(question.asOf(), ZoneOffset.UTC);
        Range kept = new Range(later(first, known.from()), earlier(earlier(question.until(), today), known.until()));
        if (!kept.from().isBefore(kept.until())) {
            return null;
        }
        List<LocalDate> changed = new ArrayList<>(days.changed(base, kept, MOST_DAYS_COUNTED + 1));
        LocalDate halfJudged = halfJudged(question);
        if (specs.stream().anyMatch(DailySpecs::waitsAWeek)
                && !changed.contains(halfJudged)
                && !halfJudged.isBefore(kept.from())
                && halfJudged.isBefore(kept.until())) {
            changed.add(halfJudged);
        }
        long before = ChronoUnit.DAYS.between(first, kept.from());
        if (before + changed.size() > MOST_DAYS_COUNTED
                || ChronoUnit.DAYS.between(kept.until(), earlier(question.until(), today)) > MOST_DAYS_COUNTED
                || days.values(specs, kept) > MOST_VALUES) {
            return null;
        }
        List<Span> counted = new ArrayList<>(changed.stream().map(Span::of).toList());
        if (before > 0) {
            counted.add(new Span(Span.start(first), Span.start(kept.from())));
        }
        if (Span.start(kept.until()).isBefore(question.end())) {
            counted.add(new Span(Span.start(kept.until()), question.end()));
        }
        return new Plan(kept, changed, counted);
    }

    /** The day that began more than a week ago and ended less than a week ago. */
    private static LocalDate halfJudged(Question question) {
        return LocalDate.ofInstant(question.asOf().minus(DailySpecs.WEEK), ZoneOffset.UTC);
    }

    private static Day judged(Spec spec, Day day, LocalDate halfJudged) {
        return DailySpecs.waitsAWeek(spec) && day.day().isAfter(halfJudged)
                ? new Day(day.day(), day.base(), 0, 0, new long[] {day.base()}, null)
                : day;
    }

    private List<Answer> answers(List<Spec> specs, Question question, Plan plan) {
        boolean months = question.by() == Dimension.MONTH;
        List<Sample> totals = specs.stream().map(Sample::new).toList();
        Map<String, List<Sample>> groups = new TreeMap<>();
        ObjIntConsumer<Day> into = (day, spec) -> {
            totals.get(spec).add(day);
            if (months && day.base() > 0) {
                groups.computeIfAbsent(
                                YearMonth.from(day.day()).toString(),
                                none -> specs.stream().map(Sample::new).toList())
                        .get(spec)
                        .add(day);
            }
        };
        visit(specs, question, plan, into);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            Spec spec = specs.get(i);
            List<Answer.Group> found = new ArrayList<>();
            int place = i;
            groups.forEach((month, samples) -> found.add(
                    new Answer.Group(month, month, samples.get(place).tally().figure(spec))));
            answers.add(new Answer(
                    totals.get(i).tally().figure(spec), months ? Months.all(question, found, spec) : found, 0));
        }
        return answers;
    }

    private void visit(List<Spec> specs, Question question, Plan plan, ObjIntConsumer<Day> into) {
        LocalDate halfJudged = halfJudged(question);
        days.read(
                specs,
                plan.kept(),
                plan.changed(),
                (day, spec) -> into.accept(judged(specs.get(spec), day, halfJudged), spec));
        if (!plan.counted().isEmpty()) {
            days.count(specs, plan.counted(), question, into);
        }
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
