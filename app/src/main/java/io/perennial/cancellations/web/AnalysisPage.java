package io.perennial.cancellations.web;

import io.perennial.cancellations.LossCut;
import io.perennial.cancellations.LossFigures;
import io.perennial.cancellations.LossFigures.Group;
import io.perennial.cancellations.LossQuestion;
import io.perennial.cancellations.LossTrend;
import io.perennial.cancellations.Losses;
import io.perennial.cancellations.Unrecorded;
import io.perennial.identity.Viewer;
import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.exports.TableWriter;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Why do customers leave, what does it cost, and who comes back? */
@Controller
public class AnalysisPage {

    private final Losses losses;
    private final LossTrend trend;
    private final Unrecorded unrecorded;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    AnalysisPage(Losses losses, LossTrend trend, Unrecorded unrecorded, KeptViews kept, Frames frames, Clock clock) {
        this.losses = losses;
        this.trend = trend;
        this.unrecorded = unrecorded;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param others customers under notice, and those who stayed, by outcome
     * @param starts customers as the period begins, by segment; empty for another cut
     * @param without lost by the ledger of revenue and not recorded
     * @param gone those, where they are asked for
     */
    public record View(
            LossAsking asking,
            LossFigures figures,
            Map<String, Long> others,
            Map<String, Long> starts,
            Losses.@Nullable Page rows,
            long without,
            Unrecorded.@Nullable Page gone,
            boolean mayWork,
            LocalDate today,
            Instant asOf,
            @Nullable Notice notice) {

        /** The finding, in a sentence. */
        public String title() {
            Group total = figures.total();
            if (total.customers() == 0) {
                return "Nobody is recorded as lost in this period";
            }
            Group first = asking.by() == LossCut.REASON ? figures.foremost() : null;
            String lost = total.customers() == 1 ? "One customer left" : total.customers() + " customers left";
            return first == null || first.customers() < 2
                    ? lost
                    : lost + ", most often because of: " + first.name().toLowerCase(java.util.Locale.ROOT);
        }

        public List<LossCut> cuts() {
            return List.of(LossCut.values());
        }

        public List<Tab> tabs() {
            return CancellationNavigation.tabs("");
        }

        public String groupName() {
            return asking.group() == null ? "" : asking.by().words(asking.group());
        }

        public String part() {
            return switch (asking.part()) {
                case "back" -> "came back";
                case "stayed" -> "stayed after all";
                case "notice" -> "under notice";
                case "disagree" -> "left, and their reasons differ";
                default -> "left";
            };
        }

        /** Customers lost of those of the segment as the period began; empty where that is no part of them. */
        public String ofStart(Group group) {
            long start = starts.getOrDefault(group.key(), 0L);
            return start == 0 || group.customers() > start
                    ? ""
                    : String.format(
                            java.util.Locale.ENGLISH, "%.1f %% of %,d", 100.0 * group.customers() / start, start);
        }

        public long otherCount(String outcome) {
            return others.getOrDefault(outcome, 0L);
        }

        public boolean isEmpty() {
            return figures.total().losses() == 0 && otherCount("notice") + otherCount("stayed") + without == 0;
        }
    }

    /** What is read of the facts. */
    private record Read(
            LossFigures figures,
            Map<String, Long> others,
            Map<String, Long> starts,
            Losses.@Nullable Page rows,
            long without,
            Unrecorded.@Nullable Page gone,
            Instant asOf) {}

    private Read read(LossAsking asking, LossQuestion question) {
        Instant asOf = clock.instant();
        boolean ofLedger = asking.part().equals("unrecorded");
        return new Read(
                losses.figures(question.only(null, "")),
                losses.others(question),
                asking.by() == LossCut.SEGMENT ? trend.atStart(question) : Map.of(),
                asking.part().isEmpty() || ofLedger ? null : losses.page(question, asking.page()),
                unrecorded.count(question),
                ofLedger ? unrecorded.page(question, asking.page()) : null,
                asOf);
    }

    @GetMapping(LossAsking.PATH)
    String analysis(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(defaultValue = "") String part,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        LossAsking asking = LossAsking.of(from, to, by, group, part, page, today());
        LossQuestion question = asking.question(today(), viewer);
        Read read = kept.of("cancellations", () -> read(asking, question), asking, question);
        model.addAttribute("again", kept.again(read.asOf()));
        model.addAttribute("frame", frames.frame("Cancellations", CancellationNavigation.CANCELLATIONS));
        model.addAttribute(
                "view",
                new View(
                        asking,
                        read.figures(),
                        read.others(),
                        read.starts(),
                        read.rows(),
                        read.without(),
                        read.gone(),
                        viewer.role().mayWork(),
                        today(),
                        read.asOf(),
                        Notice.take(request)));
        return "cancellations/analysis";
    }

    /** Losses by month and group of reasons: fetched after the page. */
    @GetMapping(LossAsking.PATH + "/months")
    String months(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        LossAsking asking = LossAsking.of(from, to, LossCut.MONTH.key(), null, "", "1", today());
        List<LossTrend.Moment> moments = trend.months(asking.question(today(), viewer));
        model.addAttribute("asking", asking);
        model.addAttribute("months", LossChart.table(asking, moments));
        model.addAttribute("chart", LossChart.of(asking, moments));
        if (htmx.isEmpty()) {
            model.addAttribute(
                    "frame",
                    frames.frame("Losses by month", CancellationNavigation.CANCELLATIONS)
                            .under(CancellationNavigation.CANCELLATIONS, LossAsking.PATH));
            return "cancellations/monthsPage";
        }
        return "cancellations/months";
    }

    @GetMapping(LossAsking.PATH + "/losses.csv")
    void csv(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(defaultValue = "all") String part)
            throws IOException {
        LossAsking asking = LossAsking.of(from, to, by, group, part, "1", today());
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"cancellations.csv\"");
        try (TableWriter table = new CsvTable(response.getOutputStream())) {
            table.header(List.of(
                    "account",
                    "name",
                    "segment",
                    "owner",
                    "cancelled_on",
                    "lost_on",
                    "category",
                    "reason",
                    "detail",
                    "competitor",
                    "amount",
                    "currency",
                    "amount_recorded",
                    "customer_since",
                    "outcome",
                    "back_on"));
            losses.each(asking.question(today(), viewer), loss -> {
                try {
                    table.row(Arrays.asList(
                            loss.externalId(),
                            loss.name(),
                            loss.segment(),
                            loss.owner(),
                            loss.cancelledOn(),
                            loss.lostOn(),
                            loss.category(),
                            loss.reason(),
                            loss.detail(),
                            loss.competitor(),
                            loss.amount(),
                            loss.currency(),
                            loss.recorded(),
                            loss.firstOn(),
                            loss.outcome(),
                            loss.backOn()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
