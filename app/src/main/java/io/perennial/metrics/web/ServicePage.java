package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.Unit;
import io.perennial.metrics.service.ServiceBoard;
import io.perennial.metrics.service.ServiceBoard.Asked;
import io.perennial.platform.web.Frames;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How well do we serve? */
@Controller
public class ServicePage {

    private static final int BREACHES_SHOWN = 10;

    /** Questions with the figures that answer them. */
    private static final Map<String, List<Asked>> QUESTIONS = questions();

    /** Columns of the table by team member, program and so on. */
    private static final List<Asked> CUT = List.of(
            asked("cases_opened", "standard"),
            asked("first_response_time", "calendar"),
            asked("time_to_resolve", "solved_in_period"),
            asked("sla_attainment", "all"),
            asked("first_contact_resolution", "no_further_contact"),
            asked("reopened", "of_opened"),
            asked("escalated", "standard"),
            asked("backlog", "standard"),
            asked("csat", "top_2_of_5"),
            asked("cost_per_case", "solved"));

    private final Metrics metrics;
    private final ServiceBoard board;
    private final Frames frames;
    private final Clock clock;

    ServicePage(Metrics metrics, ServiceBoard board, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.board = board;
        this.frames = frames;
        this.clock = clock;
    }

    private static Map<String, List<Asked>> questions() {
        Map<String, List<Asked>> questions = new LinkedHashMap<>();
        questions.put(
                "How long do customers wait?",
                List.of(asked("first_response_time", "calendar"), asked("time_to_resolve", "solved_in_period")));
        questions.put(
                "Do we keep what we promise?",
                List.of(
                        asked("sla_attainment", "first_response"),
                        asked("sla_attainment", "update"),
                        asked("sla_attainment", "resolution")));
        questions.put(
                "Are customers helped the first time?",
                List.of(
                        asked("first_contact_resolution", "no_further_contact"),
                        asked("reopened", "of_opened"),
                        asked("reassigned", "standard"),
                        asked("escalated", "standard")));
        questions.put(
                "How much is waiting?",
                List.of(
                        asked("cases_opened", "standard"),
                        asked("backlog", "standard"),
                        asked("backlog_age", "standard")));
        questions.put(
                "How satisfied are customers, and what does it cost?",
                List.of(
                        asked("csat", "top_2_of_5"),
                        asked("cost_per_case", "solved"),
                        asked("case_deflection", "observed"),
                        asked("defect_rate", "by_solution")));
        return questions;
    }

    private static Asked asked(String metric, String definition) {
        return new Asked(metric, definition);
    }

    /** One figure on the page. */
    public record Tile(Metric metric, Definition definition, Figure figure, Asking asking) {

        public String title() {
            return metric.standard().equals(definition) || metric.id().equals("csat")
                    ? metric.name()
                    : metric.name() + ": " + definition.title().toLowerCase(Locale.ROOT);
        }

        public String url() {
            return asking.as(definition.id()).url("/metrics/" + metric.id());
        }

        public String rowsUrl() {
            return asking.defined(definition.id()).rowsOf(metric.id());
        }
    }

    public record Section(String question, List<Tile> tiles) {}

    /** A group with one figure for each column. */
    public record Cut(String key, String name, List<Tile> tiles) {}

    public record View(
            Asking asking,
            List<Section> sections,
            List<Metric> columns,
            List<Cut> cuts,
            int more,
            List<Reading.Row> breaches,
            long allBreaches,
            String breachesUrl,
            Instant asOf) {}

    @GetMapping("/service")
    String service(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Asking said = Asking.of(from, to, by, "", today);
        Asking asking = said.by() == null || Dimension.OF_CASES.contains(said.by()) ? said : said.by(null);
        Question question = question(asking, viewer);
        List<Asked> all = QUESTIONS.values().stream().flatMap(List::stream).toList();
        Map<Asked, Answer> answers = board.read(all, question.by(null));
        List<Section> sections = QUESTIONS.entrySet().stream()
                .map(entry -> new Section(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(one -> tile(one, figure(answers, one), asking.by(null)))
                                .toList()))
                .toList();
        Map<Asked, Answer> cut = asking.by() == null ? Map.of() : board.read(CUT, question);
        Metric promises = metrics.find("sla_attainment").orElseThrow();
        Reading.Rows broken =
                Metrics.reading(promises).rows(question.by(null).as(promises.standard()), Reading.Part.NOT_COUNTED, 1);
        model.addAttribute("frame", frames.frame("Service", MetricNavigation.SERVICE));
        model.addAttribute(
                "view",
                new View(
                        asking,
                        sections,
                        CUT.stream()
                                .map(one -> metrics.find(one.metric()).orElseThrow())
                                .toList(),
                        cuts(cut, asking),
                        cut.values().stream().mapToInt(Answer::left).max().orElse(0),
                        broken.rows().stream().limit(BREACHES_SHOWN).toList(),
                        broken.all(),
                        asking.by(null).rows("not_counted").url("/metrics/sla_attainment") + "#rows",
                        question.asOf()));
        return "metrics/service";
    }

    private Question question(Asking asking, Viewer viewer) {
        Metric any = metrics.find("cases_opened").orElseThrow();
        return metrics.question(any, "", asking.from(), asking.to(), asking.by(), viewer);
    }

    private Tile tile(Asked one, Figure figure, Asking asking) {
        Metric metric = metrics.find(one.metric()).orElseThrow();
        return new Tile(metric, metric.definition(one.definition()).orElseThrow(), figure, asking);
    }

    private static Figure figure(Map<Asked, Answer> answers, Asked one) {
        return Objects.requireNonNull(answers.get(one)).total();
    }

    private List<Cut> cuts(Map<Asked, Answer> answers, Asking asking) {
        Map<String, String> names = new LinkedHashMap<>();
        CUT.forEach(one -> {
            Answer answer = answers.get(one);
            if (answer != null) {
                answer.groups().forEach(group -> names.putIfAbsent(group.key(), group.name()));
            }
        });
        List<Cut> cuts = new ArrayList<>();
        names.forEach((key, name) -> cuts.add(new Cut(
                key,
                name.isEmpty() ? "not said" : name,
                CUT.stream()
                        .map(one -> tile(one, group(one, answers.get(one), key), asking.only(key, "base")))
                        .toList())));
        return asking.by() == Dimension.MONTH
                ? cuts.stream().sorted(Comparator.comparing(Cut::key)).toList()
                : cuts;
    }

    /** Of a group without any case a number is nothing, and any other figure has no value. */
    private Figure group(Asked one, @Nullable Answer answer, String key) {
        boolean number = metrics.find(one.metric()).orElseThrow().unit() == Unit.CASES;
        Figure none = number ? Figure.of(BigDecimal.ZERO) : Figure.none("NO_CASES", "No case here.");
        return answer == null
                ? none
                : answer.groups().stream()
                        .filter(group -> group.key().equals(key))
                        .map(Answer.Group::figure)
                        .findFirst()
                        .orElse(none);
    }
}
