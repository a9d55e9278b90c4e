package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.revenue.CohortTable;
import io.perennial.metrics.revenue.Cohorts;
import io.perennial.metrics.revenue.Cohorts.Cohort;
import io.perennial.platform.web.Frames;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How long do customers stay, and how does what they pay develop? */
@Controller
public class CohortPage {

    private static final String PATH = "/revenue/cohorts";
    private static final int TWO_YEARS = 730;
    private static final int SHOWN = 24;
    private static final int STEPS = 5;

    private final Metrics metrics;
    private final Cohorts cohorts;
    private final Frames frames;
    private final Clock clock;

    CohortPage(Metrics metrics, Cohorts cohorts, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.cohorts = cohorts;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param shade 0 for little left to 5 for all; @param text empty where the age is not reached */
    public record Cell(String text, String title, int shade) {}

    public record Row(String name, String url, String start, List<Cell> cells) {}

    public record View(
            Asking asking,
            boolean revenue,
            List<Integer> ages,
            List<Row> rows,
            @Nullable Row all,
            String problem,
            Instant asOf) {}

    @GetMapping(PATH)
    String cohorts(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String definition,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean revenue = definition.equals("revenue_weighted");
        Asking said = Asking.of(from, to, "", revenue ? definition : "", today, TWO_YEARS);
        // Customers who came in one month are one cohort, also when the period begins within it.
        Asking asking = said.from(said.from().withDayOfMonth(1));
        Metric metric = metrics.find("cohort_retention").orElseThrow();
        Question question = metrics.question(metric, "", asking.from(), asking.to(), null, viewer);
        List<Cohort> found = cohorts.read(question, SHOWN);
        int oldest =
                found.stream().mapToInt(cohort -> cohort.cells().size()).max().orElse(0);
        List<Integer> ages = IntStream.range(0, oldest).boxed().toList();
        Figure any = oldest == 0 ? null : CohortTable.left(found, 0, revenue);
        model.addAttribute(
                "frame", frames.frame("Cohorts", MetricNavigation.REVENUE).under("Revenue", "/revenue"));
        model.addAttribute(
                "view",
                new View(
                        asking,
                        revenue,
                        ages,
                        found.stream().map(cohort -> row(cohort, ages, revenue)).toList(),
                        any == null ? null : row("All", "", found, ages, revenue),
                        any == null || any.reason() == null ? "" : any.reason().words(),
                        question.asOf()));
        return "metrics/cohorts";
    }

    private static Row row(Cohort cohort, List<Integer> ages, boolean revenue) {
        LocalDate first = cohort.month().atDay(1);
        return row(
                cohort.month().toString(),
                "/revenue?from=" + first + "&to=" + first.plusMonths(1) + "&part=new#customers",
                List.of(cohort),
                ages,
                revenue);
    }

    private static Row row(String name, String url, List<Cohort> cohorts, List<Integer> ages, boolean revenue) {
        BigDecimal start = CohortTable.left(cohorts, 0, revenue).denominator();
        return new Row(
                name,
                url,
                start == null ? "" : FigureWords.plain(start.setScale(0, RoundingMode.HALF_UP)),
                ages.stream()
                        .map(age -> cell(CohortTable.left(cohorts, age, revenue)))
                        .toList());
    }

    private static Cell cell(Figure figure) {
        BigDecimal rate = figure.value();
        if (rate == null) {
            return new Cell("", "not reached", 0);
        }
        int shade = rate.multiply(BigDecimal.valueOf(STEPS))
                .divide(Exact.HUNDRED, 0, RoundingMode.FLOOR)
                .intValue();
        return new Cell(
                rate.setScale(0, RoundingMode.HALF_UP).toPlainString(),
                FigureWords.base(figure),
                Math.clamp(shade, 0, STEPS));
    }
}
