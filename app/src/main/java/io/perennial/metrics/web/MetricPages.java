package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Area;
import io.perennial.metrics.BadInput;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.Reading;
import io.perennial.metrics.service.Costs;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Every metric with its definition, its figure and the rows behind it, and a calculator to check it with. */
@Controller
public class MetricPages {

    private static final BigDecimal MOST_EXPENSIVE = new BigDecimal("1000000000000");

    private final Metrics metrics;
    private final Costs costs;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    MetricPages(Metrics metrics, Costs costs, KeptViews kept, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.costs = costs;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    @GetMapping("/metrics")
    String all(Model model) {
        Map<Area, List<Metric>> areas = new LinkedHashMap<>();
        for (Area area : Area.values()) {
            List<Metric> own = metrics.all().stream()
                    .filter(metric -> metric.area() == area)
                    .toList();
            if (!own.isEmpty()) {
                areas.put(area, own);
            }
        }
        model.addAttribute("frame", frames.frame("Metrics", MetricNavigation.METRICS));
        model.addAttribute("areas", areas);
        return "metrics/metrics";
    }

    /** @param trouble why the facts could not be asked this way */
    public record View(
            Metric metric,
            Asking asking,
            @Nullable Definition definition,
            @Nullable Question question,
            @Nullable Answer answer,
            Reading.@Nullable Rows rows,
            List<Dimension> cuts,
            List<Definition> readable,
            TrendPart.@Nullable Trend trend,
            String sql,
            @Nullable String trouble,
            @Nullable Calculator calculator,
            List<Costs.Cost> costs,
            boolean maySetCosts,
            String costProblem,
            @Nullable Notice notice) {

        /** A definition's own unit: an average of percent is none of cases. */
        public boolean spread() {
            return answer != null && answer.total().figures().containsKey("p50");
        }
    }

    /** What was read of the facts; its question says as of when. */
    private record Read(Question question, Answer answer, Reading.@Nullable Rows rows) {}

    private Read read(Metric metric, Question question, Asking asking) {
        return new Read(
                question,
                metrics.read(metric, question),
                asking.part().isEmpty()
                        ? null
                        : Metrics.reading(metric)
                                .rows(question.only(asking.group()), Reading.Part.of(asking.part()), asking.page()));
    }

    @GetMapping("/metrics/{id}")
    String one(
            Viewer viewer,
            @PathVariable String id,
            @RequestParam Map<String, String> parameters,
            HttpServletRequest request,
            Model model) {
        return show(viewer, id, parameters, "", Notice.take(request), model);
    }

    private String show(
            Viewer viewer,
            String id,
            Map<String, String> parameters,
            String costProblem,
            @Nullable Notice notice,
            Model model) {
        Metric metric = metrics.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Asking asking = Asking.of(
                        parameters.getOrDefault("from", ""),
                        parameters.getOrDefault("to", ""),
                        parameters.getOrDefault("by", ""),
                        parameters.getOrDefault("definition", "").replace("\0", ""),
                        today,
                        metric.reading() == null ? 90 : metric.reading().usualDays())
                .rowsOf(
                        clean(parameters.get("group")),
                        parameters.getOrDefault("part", "").replace("\0", ""),
                        parameters.getOrDefault("page", "1"));
        model.addAttribute(
                "frame", frames.frame(metric.name(), MetricNavigation.METRICS).under("Metrics", "/metrics"));
        View view = view(viewer, metric, asking, parameters, costProblem, notice);
        model.addAttribute("view", view);
        model.addAttribute(
                "again",
                view.question() == null ? null : kept.again(view.question().asOf()));
        return "metrics/metric";
    }

    private View view(
            Viewer viewer,
            Metric metric,
            Asking asking,
            Map<String, String> parameters,
            String costProblem,
            @Nullable Notice notice) {
        Calculator calculator = Calculator.of(metrics, metric, parameters);
        boolean cost = metric.id().equals("cost_per_case");
        List<Costs.Cost> set = cost ? costs.all() : List.of();
        boolean maySet = cost && Costs.maySet(viewer);
        Reading reading = metric.reading();
        if (reading == null) {
            return new View(
                    metric,
                    asking,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    "",
                    null,
                    calculator,
                    set,
                    maySet,
                    costProblem,
                    notice);
        }
        String trouble = null;
        Question asked;
        try {
            asked = metrics.question(metric, asking.definition(), asking.from(), asking.to(), asking.by(), viewer);
        } catch (BadInput e) {
            trouble = e.words();
            asked = metrics.question(metric, "", asking.from(), asking.to(), null, viewer);
        }
        Question wanted = asked;
        Read read = kept.of(
                "metric",
                () -> read(metric, wanted.at(clock.instant()), asking),
                metric.id(),
                wanted.definition().id(),
                wanted.by(),
                asking,
                wanted.owner());
        Question question = read.question();
        Answer answer = read.answer();
        return new View(
                metric,
                asking,
                question.definition(),
                question,
                answer,
                read.rows(),
                List.copyOf(new TreeSet<>(reading.dimensions())),
                metric.definitions().stream()
                        .filter(each -> reading.definitions().contains(each.id()))
                        .toList(),
                question.by() == Dimension.MONTH ? TrendPart.trend(metric, answer.groups()) : null,
                reading.sql(question),
                trouble,
                calculator,
                set,
                maySet,
                costProblem,
                notice);
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace("\0", "");
    }

    /** An empty amount takes back what was said for that day. */
    @PostMapping("/metrics/cost_per_case/costs")
    String cost(
            Viewer viewer,
            HttpServletRequest request,
            jakarta.servlet.http.HttpServletResponse response,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String monthly,
            @RequestParam(defaultValue = "") String currency,
            Model model) {
        String code = currency.strip().toUpperCase(Locale.ROOT);
        String problem = "";
        LocalDate day = LocalDate.EPOCH;
        BigDecimal amount = null;
        try {
            day = LocalDate.parse(from);
            amount = monthly.isBlank() ? null : new BigDecimal(monthly.strip().replace(",", ""));
        } catch (DateTimeException e) {
            problem = "Say from which day on, such as 2026-11-01.";
        } catch (NumberFormatException e) {
            problem = "Write the amount as a number, such as 22000.";
        }
        if (problem.isEmpty() && amount != null && (amount.signum() < 0 || amount.compareTo(MOST_EXPENSIVE) > 0)) {
            problem = "The amount lies between nothing and a trillion.";
        }
        if (problem.isEmpty()
                && Currency.getAvailableCurrencies().stream()
                        .noneMatch(known -> known.getCurrencyCode().equals(code))) {
            problem = "Write the currency as EUR, USD or NOK.";
        }
        if (!problem.isEmpty()) {
            response.setStatus(422);
            return show(viewer, "cost_per_case", Map.of(), problem, null, model);
        }
        UUID change = costs.set(day, amount, code, viewer);
        new Notice(
                        amount == null
                                ? "The cost from " + day + " on is taken back."
                                : "The service desk costs " + amount.toPlainString() + " " + code + " a month from "
                                        + day + " on.",
                        change,
                        null)
                .leave(request);
        return "redirect:/metrics/cost_per_case";
    }
}
