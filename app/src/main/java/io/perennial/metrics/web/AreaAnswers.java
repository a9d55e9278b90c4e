package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Area;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Reason;
import io.perennial.metrics.Unit;
import io.perennial.metrics.areas.AreaQuestions;
import io.perennial.metrics.areas.AreaQuestions.Asked;
import io.perennial.metrics.areas.AreaQuestions.Wanted;
import io.perennial.metrics.web.ServicePage.Tile;
import io.perennial.platform.web.Wording;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers the questions of an area from the registry, whatever it holds by now. */
@Component
public class AreaAnswers {

    private static final int GROUPS_SHOWN = 8;

    /** Figures that look back further than this, such as how long customers stay, say nothing of one period. */
    private static final int LONG_LOOK_DAYS = 2 * 366;

    private final Metrics metrics;
    private final TransactionOperations look;
    private final Clock clock;

    AreaAnswers(Metrics metrics, PlatformTransactionManager transactions, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
        TransactionTemplate reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        look = reading;
    }

    /** All figures of a page in one look, as of one moment: what they share is read once. */
    private <T> T inOneLook(Function<Instant, T> page) {
        Instant now = clock.instant();
        return Objects.requireNonNull(look.execute(transaction -> page.apply(now)));
    }

    /** @param further what stands beside a figure, as people read it */
    public record Answered(
            Tile tile,
            String title,
            List<String> further,
            @Nullable Dimension by,
            List<Tile> groups,
            List<String> names) {

        /** What the groups are of; a name that says it already says it once. */
        public String caption() {
            String of = by == null ? "" : "by " + by.title().toLowerCase(Locale.ROOT);
            return of.isEmpty() || title.toLowerCase(Locale.ROOT).endsWith(of) ? title : title + " " + of;
        }
    }

    /** @param missing whether to say what is missing */
    public record Section(Asked asked, List<Answered> answers, boolean missing) {}

    record Page(List<Section> sections, List<Answered> others) {}

    public record Trend(String title, Metric metric, List<Answer.Group> months, String chart) {}

    List<Section> sections(AreaQuestions.Page page, Asking asking, Viewer viewer) {
        return inOneLook(now -> sections(page, asking, viewer, now));
    }

    private List<Section> sections(AreaQuestions.Page page, Asking asking, Viewer viewer, Instant now) {
        return page.questions().stream()
                .map(asked -> {
                    List<Answered> answers = asked.wanted().stream()
                            .map(wanted -> answer(wanted, asking, viewer, now))
                            .flatMap(Optional::stream)
                            .toList();
                    boolean missing = answers.stream()
                            .allMatch(answer -> answer.tile().figure().value() == null
                                    && answer.groups().stream()
                                            .allMatch(group -> group.figure().value() == null));
                    return new Section(asked, answers, missing);
                })
                .toList();
    }

    Page all(AreaQuestions.Page page, Asking asking, Viewer viewer) {
        return inOneLook(now -> new Page(sections(page, asking, viewer, now), others(page, asking, viewer, now)));
    }

    /** Metrics of the area that no question asked for, so that those that come later are seen. */
    private List<Answered> others(AreaQuestions.Page page, Asking asking, Viewer viewer, Instant now) {
        Area area = page.area();
        Set<String> asked = new HashSet<>();
        page.questions().forEach(one -> one.wanted().forEach(wanted -> asked.add(wanted.metric())));
        return metrics.all().stream()
                .filter(metric -> metric.area() == area && metric.reading() != null && !asked.contains(metric.id()))
                .map(metric -> answer(new Wanted(metric.id(), "", ""), asking, viewer, now))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Answered> answer(Wanted wanted, Asking page, Viewer viewer, Instant now) {
        Metric metric = metrics.find(wanted.metric()).orElse(null);
        Reading reading = metric == null ? null : metric.reading();
        if (metric == null || reading == null || !known(reading, wanted)) {
            return Optional.empty();
        }
        Asking asking = longEnough(page, reading);
        Dimension by = Dimension.of(wanted.by()).orElse(null);
        Question question = metrics.question(metric, wanted.definition(), asking.from(), asking.to(), by, viewer)
                .at(now);
        Answer answer = metrics.read(metric, question);
        if (by == null && severalCurrencies(answer) && reading.dimensions().contains(Dimension.CURRENCY)) {
            by = Dimension.CURRENCY;
            question = question.by(by);
            answer = metrics.read(metric, question);
        }
        Definition definition = question.definition();
        Asking here = asking.by(by);
        List<Answer.Group> groups = answer.groups().stream().limit(GROUPS_SHOWN).toList();
        return Optional.of(new Answered(
                new Tile(metric, definition, answer.total(), here),
                title(wanted, metric, definition),
                Stream.concat(
                                asking == page
                                        ? Stream.empty()
                                        : Stream.of("of those who began since " + Wording.day(asking.from())),
                                answer.total().figures().entrySet().stream()
                                        .filter(one -> !one.getKey().matches("p\\d+"))
                                        .map(one -> FigureWords.further(
                                                one.getKey(),
                                                metric.unit() == Unit.SHARE
                                                        ? one.getValue()
                                                        : one.getValue().setScale(2, RoundingMode.HALF_UP),
                                                metric.unit())))
                        .toList(),
                by,
                groups.stream()
                        .map(group -> new Tile(metric, definition, group.figure(), here.only(group.key(), "base")))
                        .toList(),
                groups.stream()
                        .map(group -> group.name().isEmpty() ? "not said" : group.name())
                        .toList()));
    }

    private static Asking longEnough(Asking page, Reading reading) {
        LocalDate from = page.to().minusDays(reading.usualDays());
        return reading.usualDays() > LONG_LOOK_DAYS && from.isBefore(page.from()) ? page.from(from) : page;
    }

    /** A definition that was asked for by its name is told by it. */
    private static String title(Wanted wanted, Metric metric, Definition definition) {
        return wanted.definition().isEmpty()
                ? metric.name()
                : metric.name() + ": " + definition.title().toLowerCase(Locale.ROOT);
    }

    /** Then each currency is told by itself. */
    private static boolean severalCurrencies(Answer answer) {
        Reason reason = answer.total().reason();
        return reason != null && reason.code().equals("SEVERAL_CURRENCIES");
    }

    private static boolean known(Reading reading, Wanted wanted) {
        boolean definition =
                wanted.definition().isEmpty() || reading.definitions().contains(wanted.definition());
        return definition
                && (wanted.by().isEmpty()
                        || Dimension.of(wanted.by())
                                .filter(reading.dimensions()::contains)
                                .isPresent());
    }

    /** The first figure of each question, by month. */
    List<Trend> trends(AreaQuestions.Page page, Asking year, Viewer viewer) {
        return inOneLook(now -> trends(page, year, viewer, now));
    }

    private List<Trend> trends(AreaQuestions.Page page, Asking year, Viewer viewer, Instant now) {
        List<Trend> trends = new ArrayList<>();
        for (Asked asked : page.questions()) {
            asked.wanted().stream()
                    .filter(Wanted::trend)
                    .filter(wanted -> metrics.find(wanted.metric())
                            .map(Metric::reading)
                            .filter(reading -> known(reading, wanted)
                                    && reading.dimensions().contains(Dimension.MONTH))
                            .isPresent())
                    .findFirst()
                    .map(wanted -> trend(wanted, year, viewer, now))
                    .filter(trend -> !trend.chart().isEmpty())
                    .ifPresent(trends::add);
        }
        return trends;
    }

    private Trend trend(Wanted wanted, Asking year, Viewer viewer, Instant now) {
        Metric metric = metrics.find(wanted.metric()).orElseThrow();
        Question question = metrics.question(
                        metric, wanted.definition(), year.from(), year.to(), Dimension.MONTH, viewer)
                .at(now);
        Answer answer = metrics.read(metric, question);
        return new Trend(
                title(wanted, metric, question.definition()),
                metric,
                answer.groups(),
                MetricCharts.months(metric, answer.groups()));
    }
}
