package io.perennial.metrics.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.areas.AreaQuestions;
import io.perennial.metrics.profit.ProfitBoard;
import io.perennial.metrics.profit.ProfitBoard.Line;
import io.perennial.metrics.profit.TimeLog;
import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.exports.TableWriter;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

/** Which customers and programs does service earn money with, and which cost more than they bring? */
@Controller
public class ProfitPages {

    private static final String PATH = "/profitability";
    private static final int YEAR = 365;
    private static final int PAGE = 50;
    private static final long MOST_OF_A_FILE = 500_000;
    private static final int PIECES = 100;
    static final Set<Dimension> CUTS = EnumSet.of(
            Dimension.MONTH,
            Dimension.PROGRAM,
            Dimension.SEGMENT,
            Dimension.INDUSTRY,
            Dimension.COUNTRY,
            Dimension.OWNER);

    private final Metrics metrics;
    private final ProfitBoard board;
    private final AreaAnswers answers;
    private final TimeLog time;
    private final Accounts accounts;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    ProfitPages(
            Metrics metrics,
            ProfitBoard board,
            AreaAnswers answers,
            TimeLog time,
            Accounts accounts,
            KeptViews kept,
            Frames frames,
            Clock clock) {
        this.metrics = metrics;
        this.board = board;
        this.answers = answers;
        this.time = time;
        this.accounts = accounts;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    public record View(
            Asking asking,
            boolean worst,
            List<AreaAnswers.Section> sections,
            List<Line> lines,
            List<Line> groups,
            List<ProfitBoard.Work> activities,
            boolean more,
            boolean behind,
            List<Tab> tabs,
            Instant asOf) {

        public String url(boolean other) {
            return asking.at(1).url(PATH) + (other ? "" : "&order=best");
        }

        public String at(int page) {
            return asking.at(page).url(PATH) + (worst ? "" : "&order=best") + "#customers";
        }
    }

    @GetMapping(PATH)
    String list(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(defaultValue = "") String order,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        Asking said = Asking.of(from, to, by, "", today(), YEAR);
        Asking cut = said.by() == null || CUTS.contains(said.by()) ? said : said.by(null);
        Asking asking = cut.rowsOf(cut.by() == null || group == null ? null : group.replace("\0", ""), "", page);
        View view = kept.of(
                "profitability", () -> view(asking, order, viewer), from, to, by, group, order, asking.page(), viewer);
        model.addAttribute("frame", frames.frame("Profitability", MetricNavigation.PROFITABILITY));
        model.addAttribute("view", view);
        model.addAttribute("again", kept.again(view.asOf()));
        return "metrics/profit";
    }

    private View view(Asking asking, String order, Viewer viewer) {
        Instant asOf = clock.instant();
        boolean worst = !order.equals("best");
        Question question = question(asking, viewer).only(asking.group());
        boolean customers = asking.by() == null || asking.group() != null;
        List<Line> lines =
                customers ? board.customers(question, worst, PAGE + 1, (asking.page() - 1L) * PAGE) : List.of();
        boolean more = lines.size() > PAGE;
        return new View(
                asking,
                worst,
                answers.sections(HEADLINES, asking.by(null), viewer),
                more ? lines.subList(0, PAGE) : lines,
                asking.by() == null ? List.of() : board.groups(question.only(null)),
                board.activities(null, question.owner(), asking.from(), asking.to()),
                more,
                board.isBehind(),
                tabs(PATH),
                asOf);
    }

    private static final AreaQuestions.Page HEADLINES = new AreaQuestions.Page(
            "profitability",
            "Profitability",
            "",
            null,
            YEAR,
            "",
            "",
            List.of(new AreaQuestions.Asked(
                    "What does service cost and bring?",
                    List.of(
                            new AreaQuestions.Wanted("service_margin", "", ""),
                            new AreaQuestions.Wanted("service_revenue", "", ""),
                            new AreaQuestions.Wanted("cost_to_deliver", "", ""),
                            new AreaQuestions.Wanted("cost_to_deliver", "per_customer", "")),
                    AreaQuestions.PROFITABILITY.questions().getFirst().missing())));

    static List<Tab> tabs(String current) {
        return List.of(
                new Tab("Customers and programs", PATH, current.equals(PATH)),
                new Tab("What if", PATH + "/what-if", current.equals(PATH + "/what-if")),
                new Tab("Cost rates", PATH + "/rates", current.equals(PATH + "/rates")));
    }

    @GetMapping(PATH + "/customers.csv")
    void csv(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            HttpServletResponse response)
            throws IOException {
        Asking said = Asking.of(from, to, by, "", today(), YEAR);
        Asking asking = said.by() == null || CUTS.contains(said.by()) ? said : said.by(null);
        String first = asking.by() == null ? "customer" : asking.by().key();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"service-margin.csv\"");
        try (TableWriter table = new CsvTable(response.getOutputStream())) {
            table.header(
                    List.of(first, "segment", "customers", "currency", "revenue", "cost", "estimated_cost", "margin"));
            Question question = question(asking, viewer);
            for (Line line :
                    asking.by() == null ? board.customers(question, true, MOST_OF_A_FILE, 0) : board.groups(question)) {
                table.row(List.of(
                        line.name(),
                        line.segment(),
                        line.customers(),
                        line.currency(),
                        line.revenue().setScale(2, RoundingMode.HALF_UP),
                        line.cost().setScale(2, RoundingMode.HALF_UP),
                        line.estimated().setScale(2, RoundingMode.HALF_UP),
                        line.margin().setScale(2, RoundingMode.HALF_UP)));
            }
        }
    }

    public record AccountView(
            AccountCard account,
            Asking asking,
            List<Line> months,
            List<ProfitBoard.Work> kinds,
            List<ProfitBoard.Work> activities,
            List<ProfitBoard.Piece> pieces,
            List<String> programs,
            boolean mayLog,
            String problem,
            @Nullable Notice notice,
            LocalDate today) {}

    @GetMapping(PATH + "/accounts/{id}")
    String account(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        return show(viewer, id, "", Notice.take(request), model);
    }

    private String show(Viewer viewer, UUID id, String problem, @Nullable Notice notice, Model model) {
        AccountCard card = accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Asking asking = Asking.of("", "", "", "", today(), YEAR);
        LocalDate first = asking.from().plusMonths(1).minusDays(1).withDayOfMonth(1);
        Question months = question(asking.by(Dimension.CUSTOMER), viewer).only(id.toString());
        model.addAttribute(
                "frame",
                frames.frame("What service costs", MetricNavigation.PROFITABILITY)
                        .under("Profitability", PATH)
                        .under(card.name(), "/accounts/" + id));
        model.addAttribute(
                "view",
                new AccountView(
                        card,
                        asking,
                        board.groups(months).stream()
                                .map(line -> line.named(card.name()))
                                .toList(),
                        board.work(card.id(), first, asking.to()),
                        board.activities(id, null, first, asking.to()),
                        board.pieces(card.id(), first, asking.to(), PIECES),
                        time.programs(),
                        viewer.role().mayWork(),
                        problem,
                        notice,
                        today()));
        return "metrics/profitOfAccount";
    }

    @PostMapping("/accounts/{id}/time")
    String log(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String activity,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String minutes,
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!accounts.isVisible(new AccountId(id), viewer)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        try {
            UUID change = time.log(new AccountId(id), activity, day, minutes, program, note, viewer);
            new Notice(minutes.strip() + " minutes are logged.", change, null).leave(request);
        } catch (IllegalArgumentException e) {
            response.setStatus(422);
            return show(viewer, id, String.valueOf(e.getMessage()), null, model);
        }
        return "redirect:" + PATH + "/accounts/" + id;
    }

    private Question question(Asking asking, Viewer viewer) {
        Metric metric = metrics.find("service_margin").orElseThrow();
        return metrics.question(metric, "", asking.from(), asking.to(), asking.by(), viewer);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
