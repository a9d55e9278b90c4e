package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.sales.SalesBoard;
import io.perennial.metrics.sales.SalesBoard.Ask;
import io.perennial.metrics.service.ServiceBoard.Asked;
import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Service sales by month, fetched after the page, and all its figures as a file. */
@Controller
class SalesParts {

    private static final int MONTHS = 12;

    private static final List<Asked> SHOWN = List.of(
            new Asked("attach_rate", "standard"),
            new Asked("service_renewal_rate", "all_terms"),
            new Asked("upgrade_rate", "standard"),
            new Asked("service_revenue_index", "with_subscriptions"));

    private final Metrics metrics;
    private final SalesPage page;
    private final SalesBoard board;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    SalesParts(Metrics metrics, SalesPage page, SalesBoard board, KeptViews kept, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.page = page;
        this.board = board;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    @GetMapping("/sales/trend")
    String trend(
            Viewer viewer,
            @RequestParam(defaultValue = "") String to,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate until = Asking.of("", to, "", "", today).to();
        LocalDate from = until.minusDays(1).withDayOfMonth(1).minusMonths(MONTHS - 1L);
        Metric any = metrics.find("upsell_rate").orElseThrow();
        List<Ask> months = List.of(new Ask(SHOWN, metrics.question(any, "", from, until, Dimension.MONTH, viewer)));
        Map<Asked, Answer> answers =
                kept.of("sales trend", () -> board.read(months).getFirst(), to, viewer);
        model.addAttribute(
                "trends",
                SHOWN.stream()
                        .map(one -> TrendPart.trend(
                                metrics.find(one.metric()).orElseThrow(),
                                Objects.requireNonNull(answers.get(one)).groups()))
                        .filter(trend -> !trend.chart().isEmpty())
                        .toList());
        model.addAttribute("nothing", "Nothing was sold or due in the last twelve months.");
        model.addAttribute("title", "Service sales by month");
        if (htmx.isEmpty()) {
            model.addAttribute(
                    "frame",
                    frames.frame("Service sales by month", MetricNavigation.SALES)
                            .under("Service sales", "/sales"));
            return "metrics/trend";
        }
        return "metrics/trends";
    }

    /** Every figure of the page for the whole and for each group, one a line. */
    @GetMapping("/sales/figures.csv")
    void figures(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            HttpServletResponse response)
            throws IOException {
        Asking asking = page.asking(from, to, by);
        Question question = page.question(asking, viewer);
        LinkedHashSet<Asked> all = new LinkedHashSet<>();
        SalesPage.QUESTIONS.values().forEach(all::addAll);
        all.addAll(SalesPage.COLUMNS);
        List<Asked> asked = List.copyOf(all);
        List<Map<Asked, Answer>> read =
                board.read(List.of(new Ask(asked, question.by(null)), new Ask(SalesPage.COLUMNS, question)));
        Map<Asked, Answer> totals = read.getFirst();
        Map<Asked, Answer> groups = read.getLast();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"service-sales.csv\"");
        try (CsvTable table = new CsvTable(response.getOutputStream())) {
            table.header(List.of(
                    "metric",
                    "definition",
                    "from",
                    "to",
                    "by",
                    "group",
                    "value",
                    "unit",
                    "numerator",
                    "denominator",
                    "currency",
                    "left_out",
                    "no_value_because",
                    "small_sample",
                    "as_of"));
            for (Asked one : asked) {
                row(
                        table,
                        one,
                        question,
                        "",
                        "",
                        Objects.requireNonNull(totals.get(one)).total());
                Answer cut = groups.get(one);
                if (cut != null) {
                    for (Answer.Group group : cut.groups()) {
                        String dimension = Objects.requireNonNull(asking.by()).key();
                        row(table, one, question, dimension, group.name(), group.figure());
                    }
                }
            }
        }
    }

    private void row(CsvTable table, Asked one, Question question, String by, String group, Figure figure) {
        Metric metric = metrics.find(one.metric()).orElseThrow();
        Definition definition = metric.definition(one.definition()).orElseThrow();
        table.row(Arrays.asList(
                metric.id(),
                definition.id(),
                question.from(),
                question.until(),
                by,
                by.isEmpty() || !group.isEmpty() ? group : "not said",
                figure.value(),
                metric.unit().key(),
                figure.numerator(),
                figure.denominator(),
                figure.currency(),
                FigureWords.excluded(figure),
                figure.reason() == null ? "" : figure.reason().words(),
                figure.caution(),
                question.asOf()));
    }
}
