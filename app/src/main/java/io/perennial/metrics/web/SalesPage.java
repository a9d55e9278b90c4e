package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reason;
import io.perennial.metrics.sales.SalesBoard;
import io.perennial.metrics.sales.SalesBoard.Ask;
import io.perennial.metrics.service.ServiceBoard.Asked;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How well do we attach, renew, upgrade and win back? */
@Controller
public class SalesPage {

    static final int YEAR = 365;

    /** By what the page cuts; the first is what is asked first. */
    public static final List<Dimension> CUTS = List.of(
            Dimension.GEOGRAPHY,
            Dimension.CHANNEL,
            Dimension.PRODUCT,
            Dimension.PROGRAM,
            Dimension.SEGMENT,
            Dimension.INDUSTRY,
            Dimension.COUNTRY,
            Dimension.OWNER,
            Dimension.CURRENCY,
            Dimension.MONTH);

    /** The questions of service sales in their order, with the figures that answer them. */
    static final Map<String, List<Asked>> QUESTIONS = questions();

    /** Columns of the table by geography, channel and so on. */
    static final List<Asked> COLUMNS = List.of(
            asked("attach_rate", "standard"),
            asked("attach_rate", "value"),
            asked("service_renewal_rate", "standard"),
            asked("service_renewal_rate", "all_terms_value"),
            asked("upgrade_rate", "standard"),
            asked("upsell_rate", "standard"),
            asked("service_win_back_rate", "all_terms"),
            asked("service_revenue_index", "with_subscriptions"));

    private static final Set<Dimension> KNOWN = EnumSet.copyOf(CUTS);

    private final Metrics metrics;
    private final SalesBoard board;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    SalesPage(Metrics metrics, SalesBoard board, KeptViews kept, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.board = board;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    private static Map<String, List<Asked>> questions() {
        Map<String, List<Asked>> questions = new LinkedHashMap<>();
        questions.put(
                "How much of the service that could be sold, was?",
                List.of(
                        asked("service_revenue_index", "standard"),
                        asked("service_revenue_index", "with_subscriptions"),
                        asked("service_revenue_index", "by_number")));
        questions.put(
                "How many customers are under a service contract or program?",
                List.of(asked("customers_under_service", "standard")));
        questions.put(
                "At what rate is service attached to product sales?",
                List.of(
                        asked("attach_rate", "standard"),
                        asked("attach_rate", "value"),
                        asked("attach_rate", "offers"),
                        asked("forced_attach_rate", "standard")));
        questions.put(
                "At what rate do existing customers renew?",
                List.of(
                        asked("service_renewal_rate", "standard"),
                        asked("service_renewal_rate", "value"),
                        asked("contract_renewal_rate", "standard"),
                        asked("on_time_renewal_rate", "standard"),
                        asked("renewal_rate_acv", "standard")));
        questions.put(
                "At what rate do customers buy a higher level of service?",
                List.of(
                        asked("upgrade_rate", "standard"),
                        asked("upgrade_rate", "value"),
                        asked("upsell_rate", "standard"),
                        asked("upsell_share_of_bookings", "standard")));
        questions.put(
                "How much of what was cancelled comes back?",
                List.of(
                        asked("service_win_back_rate", "standard"),
                        asked("service_win_back_rate", "all_terms"),
                        asked("service_win_back_rate", "all_terms_value"),
                        asked("win_back_rate", "standard")));
        questions.put(
                "What becomes of signals of growth and opportunities?",
                List.of(
                        asked("expansion_acceptance_rate", "standard"),
                        asked("opportunity_win_rate", "standard"),
                        asked("opportunity_win_rate", "value"),
                        asked("opportunity_win_rate", "from_signals")));
        return questions;
    }

    private static Asked asked(String metric, String definition) {
        return new Asked(metric, definition);
    }

    public record Section(String question, List<ServicePage.Tile> tiles) {}

    /** A group with one figure for each column. */
    public record Cut(String key, String name, List<ServicePage.Tile> tiles) {}

    /** Figures of money of one currency, where there are several without exchange rates between them. */
    public record World(String currency, List<ServicePage.Tile> tiles) {}

    /**
     * @param more groups beyond those listed
     * @param worlds empty where one currency is all, or all have rates
     */
    public record View(
            Asking asking,
            Dimension by,
            List<Section> sections,
            List<ServicePage.Tile> columns,
            List<Cut> cuts,
            int more,
            List<World> worlds,
            boolean known,
            Instant asOf) {}

    @GetMapping("/sales")
    String sales(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            Model model) {
        View view = kept.of("sales", () -> view(asking(from, to, by), viewer), from, to, by, viewer);
        model.addAttribute("frame", frames.frame("Service sales", MetricNavigation.SALES));
        model.addAttribute("view", view);
        model.addAttribute("again", kept.again(view.asOf()));
        return "metrics/sales";
    }

    private View view(Asking asking, Viewer viewer) {
        Dimension cut = Objects.requireNonNull(asking.by());
        Question question = question(asking, viewer);
        List<Asked> all = QUESTIONS.values().stream().flatMap(List::stream).toList();
        List<Map<Asked, Answer>> read =
                board.read(List.of(new Ask(all, question.by(null)), new Ask(COLUMNS, question)));
        Map<Asked, Answer> answers = read.getFirst();
        Map<Asked, Answer> groups = read.getLast();
        List<Section> sections = QUESTIONS.entrySet().stream()
                .map(entry -> new Section(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(one -> tile(
                                        one,
                                        Objects.requireNonNull(answers.get(one)).total(),
                                        asking.by(null)))
                                .toList()))
                .toList();
        return new View(
                asking,
                cut,
                sections,
                COLUMNS.stream().map(one -> tile(one, Figure.text(""), asking)).toList(),
                cuts(groups, asking),
                groups.values().stream().mapToInt(Answer::left).max().orElse(0),
                worlds(answers, question, asking),
                answers.values().stream().anyMatch(answer -> answer.total().value() != null),
                question.asOf());
    }

    /** What is asked; by geography when nothing is said. */
    Asking asking(String from, String to, String by) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Asking said = Asking.of(from, to, by, "", today, YEAR);
        return said.by() != null && KNOWN.contains(said.by()) ? said : said.by(CUTS.getFirst());
    }

    Question question(Asking asking, Viewer viewer) {
        Metric any = metrics.find("upsell_rate").orElseThrow();
        return metrics.question(any, "", asking.from(), asking.to(), asking.by(), viewer);
    }

    /** What has no total because of its currencies, in each of them. */
    private List<World> worlds(Map<Asked, Answer> answers, Question question, Asking asking) {
        List<Asked> several = new ArrayList<>();
        answers.forEach((one, answer) -> {
            Reason reason = answer.total().reason();
            if (reason != null && reason.code().equals("SEVERAL_CURRENCIES")) {
                several.add(one);
            }
        });
        if (several.isEmpty()) {
            return List.of();
        }
        Map<Asked, Answer> read = board.read(List.of(new Ask(several, question.by(Dimension.CURRENCY))))
                .getFirst();
        Map<String, World> worlds = new TreeMap<>();
        read.values().stream()
                .flatMap(answer -> answer.groups().stream())
                .map(Answer.Group::key)
                .filter(key -> !key.isEmpty())
                .distinct()
                .forEach(key -> worlds.put(
                        key,
                        new World(
                                key,
                                several.stream()
                                        .filter(read::containsKey)
                                        .map(one -> tile(
                                                one,
                                                group(read.get(one), key),
                                                asking.by(Dimension.CURRENCY).only(key, "base")))
                                        .toList())));
        return List.copyOf(worlds.values());
    }

    private ServicePage.Tile tile(Asked one, Figure figure, Asking asking) {
        Metric metric = metrics.find(one.metric()).orElseThrow();
        Definition definition = metric.definition(one.definition()).orElseThrow();
        return new ServicePage.Tile(metric, definition, figure, asking);
    }

    private List<Cut> cuts(Map<Asked, Answer> answers, Asking asking) {
        Map<String, String> names = new LinkedHashMap<>();
        answers.values()
                .forEach(answer -> answer.groups().forEach(group -> names.putIfAbsent(group.key(), group.name())));
        List<Cut> cuts = new ArrayList<>();
        names.forEach((key, name) -> cuts.add(new Cut(
                key,
                name.isEmpty() ? "not said" : name,
                COLUMNS.stream()
                        .map(one -> tile(one, group(answers.get(one), key), asking.only(key, "base")))
                        .toList())));
        return cuts;
    }

    static Figure group(@Nullable Answer answer, String key) {
        Figure none = Figure.none("NOTHING_HERE", "Nothing here.");
        return answer == null
                ? none
                : answer.groups().stream()
                        .filter(group -> group.key().equals(key))
                        .map(Answer.Group::figure)
                        .findFirst()
                        .orElse(none);
    }
}
