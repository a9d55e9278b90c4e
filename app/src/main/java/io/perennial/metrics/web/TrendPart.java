package io.perennial.metrics.web;

import io.perennial.identity.Viewer;
import io.perennial.metrics.Answer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.Unit;
import io.perennial.metrics.service.ServiceBoard;
import io.perennial.metrics.service.ServiceBoard.Asked;
import io.perennial.platform.web.Frames;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** How service has developed by month: a part of the service page that is fetched after it, and a page of its own. */
@Controller
public class TrendPart {

    private static final int MONTHS = 12;

    private static final List<Asked> SHOWN = List.of(
            new Asked("first_response_time", "calendar"),
            new Asked("time_to_resolve", "solved_in_period"),
            new Asked("cases_opened", "standard"),
            new Asked("backlog", "standard"),
            new Asked("sla_attainment", "all"),
            new Asked("csat", "top_2_of_5"));

    private final Metrics metrics;
    private final ServiceBoard board;
    private final Frames frames;
    private final Clock clock;

    TrendPart(Metrics metrics, ServiceBoard board, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.board = board;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param chart specification; empty without any month */
    public record Trend(Metric metric, List<Answer.Group> months, String chart, boolean spread) {

        public Unit unit() {
            return metric.unit();
        }
    }

    @GetMapping("/service/trend")
    String trend(
            Viewer viewer,
            @RequestParam(defaultValue = "") String to,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate until = Asking.of("", to, "", "", today).to();
        LocalDate from = until.minusDays(1).withDayOfMonth(1).minusMonths(MONTHS - 1L);
        Metric any = metrics.find("cases_opened").orElseThrow();
        Question question = metrics.question(any, "", from, until, Dimension.MONTH, viewer);
        Map<Asked, Answer> answers = board.read(SHOWN, question);
        model.addAttribute(
                "trends",
                SHOWN.stream()
                        .map(one -> trend(
                                metrics.find(one.metric()).orElseThrow(),
                                Objects.requireNonNull(answers.get(one)).groups()))
                        .filter(trend -> !trend.chart().isEmpty())
                        .toList());
        if (htmx.isEmpty()) {
            model.addAttribute(
                    "frame",
                    frames.frame("Service by month", MetricNavigation.SERVICE).under("Service", "/service"));
            return "metrics/trend";
        }
        return "metrics/trends";
    }

    static Trend trend(Metric metric, List<Answer.Group> months) {
        boolean spread = metric.unit() == Unit.HOURS;
        return new Trend(metric, months, MetricCharts.months(metric, months), spread);
    }
}
