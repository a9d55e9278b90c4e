package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.Unit;
import io.perennial.metrics.formula.KaplanMeier;
import io.perennial.metrics.formula.Worth;
import io.perennial.metrics.revenue.CustomerCosts;
import io.perennial.metrics.revenue.Lifetimes;
import io.perennial.metrics.revenue.Lifetimes.Curve;
import io.perennial.metrics.revenue.Lifetimes.Curves;
import io.perennial.metrics.web.ServicePage.Tile;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is the chance that a customer stays so long, and what is it worth until then? */
@Controller
public class SurvivalPage {

    static final String PATH = "/revenue/survival";

    private static final int FIVE_YEARS = 1_826;
    private static final int LONGEST = 120;

    /** The ages of the table of groups. */
    private static final List<Integer> MARKS = List.of(3, 6, 12, 24, 36, 48, 60);

    private static final String LIFETIME = "customer_lifetime";
    private static final List<String> WORTH = List.of("ltv", "cac_payback");

    private final Metrics metrics;
    private final Lifetimes lifetimes;
    private final CustomerCosts costs;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    SurvivalPage(
            Metrics metrics, Lifetimes lifetimes, CustomerCosts costs, KeptViews kept, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.lifetimes = lifetimes;
        this.costs = costs;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    /** A month of the table; @param left empty when too few are observed */
    public record Mark(int month, long atRisk, long lost, String left, String interval) {}

    /** @param left at each of the marks, empty where too few are observed */
    public record Group(String name, String url, long customers, List<String> left, String median) {}

    public record View(
            Asking asking,
            Definition definition,
            List<Definition> definitions,
            List<Dimension> cuts,
            String finding,
            long customers,
            int months,
            List<Mark> marks,
            String chart,
            List<Integer> ages,
            List<Group> groups,
            int beyond,
            List<Tile> tiles,
            List<CustomerCosts.Cost> costs,
            boolean maySet,
            CostForm form,
            Instant asOf,
            @Nullable Notice notice) {}

    /** What stands in the fields of the form about costs; a problem belongs to one of them. */
    public record CostForm(
            String from, String margin, String acquisition, String currency, String field, String problem) {

        public @Nullable String problemOf(String name) {
            return field.equals(name) ? problem : null;
        }
    }

    @GetMapping(PATH)
    String survival(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String definition,
            HttpServletRequest request,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        CostForm empty = new CostForm(today.withDayOfMonth(1).toString(), "", "", "", "", "");
        return show(viewer, Asking.of(from, to, by, definition, today, FIVE_YEARS), empty, Notice.take(request), model);
    }

    String show(Viewer viewer, Asking said, CostForm form, @Nullable Notice notice, Model model) {
        Metric survival = metrics.find("survival").orElseThrow();
        List<Definition> definitions = survival.definitions();
        Definition definition = definitions.stream()
                .filter(each -> each.id().equals(said.definition()))
                .findFirst()
                .orElse(survival.standard());
        List<Dimension> cuts =
                List.copyOf(new TreeSet<>(Metrics.reading(survival).dimensions()));
        Asking asking = new Asking(
                said.from(),
                said.to(),
                said.by() != null && cuts.contains(said.by()) ? said.by() : null,
                definition.equals(survival.standard()) ? "" : definition.id(),
                null,
                "",
                1);
        Read read = kept.of(
                "survival",
                () -> read(survival, definition, asking, viewer),
                definition.id(),
                asking,
                viewer.everything() ? null : viewer.memberId());
        Curves curves = read.curves();
        Map<String, String> names = names(curves);
        int months = told(curves.total());
        model.addAttribute(
                "frame", frames.frame("Survival", MetricNavigation.REVENUE).under("Revenue", "/revenue"));
        model.addAttribute(
                "view",
                new View(
                        asking,
                        definition,
                        definitions,
                        cuts,
                        finding(curves.total(), months),
                        curves.total().customers(),
                        months,
                        marks(curves.total(), months),
                        SurvivalChart.of(curves.total(), curves.groups(), names, months),
                        MARKS.stream().filter(age -> age <= months).toList(),
                        groups(curves, names, asking, months),
                        curves.beyond(),
                        read.tiles(),
                        costs.all(),
                        CustomerCosts.maySet(viewer),
                        form,
                        read.asOf(),
                        notice));
        model.addAttribute("again", kept.again(read.asOf()));
        return "metrics/survival";
    }

    /** What is read of the facts. */
    private record Read(Curves curves, List<Tile> tiles, Instant asOf) {}

    private Read read(Metric survival, Definition definition, Asking asking, Viewer viewer) {
        Question question = metrics.question(survival, definition.id(), asking.from(), asking.to(), asking.by(), viewer)
                .at(clock.instant());
        Curves curves = lifetimes.read(question);
        return new Read(curves, tiles(viewer, asking, curves.total()), question.asOf());
    }

    /** The last month of which enough customers are observed. */
    private static int told(Curve curve) {
        int months = Math.min(LONGEST, curve.months());
        while (months > 0 && !SurvivalChart.told(curve, months)) {
            months--;
        }
        return months;
    }

    private static String finding(Curve curve, int months) {
        if (months < 1) {
            return "";
        }
        Figure median = Worth.median(curve.left());
        BigDecimal half = median.value();
        if (half != null && half.intValue() <= months) {
            return "Half of the customers leave within " + FigureWords.number(half, Unit.MONTHS);
        }
        int month = months >= 24 ? 24 : months >= 12 ? 12 : months;
        return curve.after(month)
                .map(point -> "After " + (month == 1 ? "a month " : month + " months ") + percent(point.left())
                        + " are still customers")
                .orElse("");
    }

    private static String percent(double share) {
        return SurvivalChart.percent(share).toPlainString() + " %";
    }

    private static List<Mark> marks(Curve curve, int months) {
        List<Mark> marks = new ArrayList<>();
        for (int month = 0; month <= months; month++) {
            KaplanMeier.Point point = curve.after(month).orElse(null);
            if (point != null && SurvivalChart.told(curve, month)) {
                var interval = point.interval();
                marks.add(new Mark(
                        month,
                        curve.atRisk(month),
                        point.lost(),
                        percent(point.left()),
                        interval == null
                                ? ""
                                : percent(interval.from().doubleValue()) + " to "
                                        + percent(interval.to().doubleValue())));
            }
        }
        return marks;
    }

    private static Map<String, String> names(Curves curves) {
        Map<String, String> names = new LinkedHashMap<>();
        curves.groups().keySet().forEach(key -> names.put(key, key.isEmpty() ? "not said" : key));
        return names;
    }

    private static List<Group> groups(Curves curves, Map<String, String> names, Asking asking, int months) {
        List<Group> groups = new ArrayList<>();
        curves.groups().forEach((key, curve) -> {
            BigDecimal median = Worth.median(curve.left()).value();
            groups.add(new Group(
                    names.getOrDefault(key, key),
                    asking.only(key, "base").url("/metrics/survival") + "#rows",
                    curve.customers(),
                    MARKS.stream()
                            .filter(age -> age <= months)
                            .map(age -> SurvivalChart.told(curve, age)
                                    ? curve.after(age)
                                            .map(point -> percent(point.left()))
                                            .orElse("")
                                    : "")
                            .toList(),
                    curve.customers() < Figure.TINY || median == null ? "" : FigureWords.number(median, Unit.MONTHS)));
        });
        return groups;
    }

    /** The lifetime is that of the curve; the others are over the period that is usual for them. */
    private List<Tile> tiles(Viewer viewer, Asking asking, Curve curve) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Metric lifetime = metrics.find(LIFETIME).orElseThrow();
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(
                lifetime,
                lifetime.standard(),
                Worth.median(curve.left()).sampled(curve.customers()),
                new Asking(asking.from(), asking.to(), null, "", null, "", 1)));
        WORTH.forEach(id -> {
            Metric metric = metrics.find(id).orElseThrow();
            Asking usual =
                    Asking.of("", "", "", "", today, Metrics.reading(metric).usualDays());
            Question question = metrics.question(metric, "", usual.from(), usual.to(), null, viewer);
            tiles.add(new Tile(
                    metric,
                    question.definition(),
                    metrics.read(metric, question).total(),
                    usual));
        });
        return tiles;
    }

    /** For a form that was refused. */
    Asking usual() {
        return Asking.of("", "", "", "", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), FIVE_YEARS);
    }
}
