package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.revenue.Ledgers;
import io.perennial.metrics.revenue.Move;
import io.perennial.metrics.revenue.RevenueBoard;
import io.perennial.metrics.revenue.RevenueWords;
import io.perennial.platform.web.Frames;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** How revenue moves by month: a part of the revenue page that is fetched after it, and a page of its own. */
@Controller
public class RevenueMonths {

    private static final int YEAR = 365;

    private final Metrics metrics;
    private final RevenueBoard board;
    private final Frames frames;
    private final Clock clock;

    RevenueMonths(Metrics metrics, RevenueBoard board, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.board = board;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param chart specification; empty unless there is one currency and more than one month */
    public record View(Map<String, Ledgers> months, String chart) {

        public List<Move> moves() {
            return RevenueWords.bridge(months.values().stream()
                    .flatMap(ledgers -> ledgers.each().stream())
                    .toList());
        }
    }

    @GetMapping("/revenue/months")
    String months(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String definition,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Asking asking = Asking.of(from, to, "", "", today, YEAR);
        Question question =
                metrics.question(metrics.find("nrr").orElseThrow(), "", asking.from(), asking.to(), null, viewer);
        Map<String, Ledgers> months = board.months(question, !definition.equals(RevenuePage.AS_RUN));
        model.addAttribute("view", new View(months, RevenueCharts.months(months)));
        if (htmx.isEmpty()) {
            model.addAttribute(
                    "frame",
                    frames.frame("Revenue by month", MetricNavigation.REVENUE).under("Revenue", "/revenue"));
            return "metrics/revenueMonthsPage";
        }
        return "metrics/revenueMonths";
    }
}
