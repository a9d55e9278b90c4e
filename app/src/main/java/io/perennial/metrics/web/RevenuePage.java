package io.perennial.metrics.web;

import io.perennial.contracts.GoingOn;
import io.perennial.contracts.GoingOn.Unconfirmed;
import io.perennial.identity.Viewer;
import io.perennial.metrics.Definition;
import io.perennial.metrics.Dimension;
import io.perennial.metrics.Metric;
import io.perennial.metrics.Metrics;
import io.perennial.metrics.Question;
import io.perennial.metrics.revenue.Ledger;
import io.perennial.metrics.revenue.Ledgers;
import io.perennial.metrics.revenue.Move;
import io.perennial.metrics.revenue.RevenueBoard;
import io.perennial.metrics.revenue.RevenueBoard.Board;
import io.perennial.metrics.revenue.RevenueBoard.MovedPage;
import io.perennial.metrics.revenue.RevenueWords;
import io.perennial.metrics.web.ServicePage.Tile;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where does our revenue come from, and where does it go? */
@Controller
public class RevenuePage {

    private static final String PATH = "/revenue";
    private static final int YEAR = 365;
    static final String AS_RUN = "as_run";

    /** Always together: no one of them alone says how well customers are kept. */
    private static final List<String> HEADLINES =
            List.of("nrr", "grr", "customer_retention_rate", "revenue_churn_gross", "recurring_revenue_rate", "arpa");

    /** What a ledger of one currency always can say. */
    private static final List<String> RATES = List.of("nrr", "grr");

    private static final Set<Dimension> CUTS = Set.copyOf(Dimension.OF_CUSTOMERS);

    private final Metrics metrics;
    private final RevenueBoard board;
    private final GoingOn byThemselves;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    RevenuePage(Metrics metrics, RevenueBoard board, GoingOn byThemselves, KeptViews kept, Frames frames, Clock clock) {
        this.metrics = metrics;
        this.board = board;
        this.byThemselves = byThemselves;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    /** One movement of a bridge; its customers are at the address. */
    public record Step(Move move, BigDecimal amount, long customers, String url) {}

    public record Bridge(Ledger ledger, List<Tile> rates, List<Step> steps, String chart, String customersUrl) {}

    /** A group in one of its currencies. */
    public record Group(String name, String url, Ledger ledger, List<Tile> rates) {}

    public record View(
            Asking asking,
            boolean graced,
            @Nullable Move move,
            List<Bridge> bridges,
            List<Tile> tiles,
            Board board,
            List<Group> groups,
            @Nullable MovedPage moved,
            String groupName,
            List<Unconfirmed> unconfirmed,
            Instant asOf) {

        public List<Move> moves() {
            return RevenueWords.bridge(groups.stream().map(Group::ledger).toList());
        }
    }

    @GetMapping(PATH)
    String revenue(
            Viewer viewer,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String definition,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(defaultValue = "") String part,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean graced = !definition.equals(AS_RUN);
        Asking said = Asking.of(from, to, by, graced ? "" : AS_RUN, today, YEAR);
        Asking known = said.by() == null || CUTS.contains(said.by()) ? said : said.by(null);
        Move move = Move.of(part).orElse(null);
        Asking asking = known.rowsOf(
                known.by() == null || group == null ? null : group.replace("\0", ""),
                move == null ? "" : move.key(),
                page);
        View view = kept.of(
                "revenue",
                () -> view(asking, graced, move, today, viewer),
                asking,
                graced,
                move,
                viewer.everything() ? null : viewer.memberId());
        model.addAttribute("frame", frames.frame("Revenue", MetricNavigation.REVENUE));
        model.addAttribute("view", view);
        model.addAttribute("again", kept.again(view.asOf()));
        return "metrics/revenue";
    }

    private View view(Asking asking, boolean graced, @Nullable Move move, LocalDate today, Viewer viewer) {
        Question question = metrics.question(metric("nrr"), "", asking.from(), asking.to(), asking.by(), viewer)
                .only(asking.group())
                .at(clock.instant());
        Board read = board.read(question, graced, move, asking.page());
        return new View(
                asking,
                graced,
                move,
                read.total().each().stream()
                        .map(ledger -> bridge(ledger, asking, graced))
                        .toList(),
                tiles(HEADLINES, read.total(), asking, graced),
                read,
                groups(read, asking, graced),
                read.moved(),
                groupName(read, asking),
                asking.group() == null ? byThemselves.running(today, viewer) : List.of(),
                question.asOf());
    }

    private static String groupName(Board read, Asking asking) {
        String group = asking.group();
        if (group == null) {
            return "";
        }
        return group.isEmpty() ? "not said" : read.name() == null ? group : read.name();
    }

    private Bridge bridge(Ledger ledger, Asking asking, boolean graced) {
        Map<Move, BigDecimal> shown = RevenueWords.closing(ledger);
        List<Step> steps = RevenueWords.bridge(List.of(ledger)).stream()
                .map(move -> new Step(
                        move,
                        shown.getOrDefault(move, BigDecimal.ZERO),
                        ledger.rows(move),
                        asking.rows(move.key()).url(PATH) + "#customers"))
                .toList();
        return new Bridge(
                ledger,
                tiles(RATES, new Ledgers(List.of(ledger)), asking, graced),
                steps,
                RevenueCharts.bridge(ledger, steps),
                asking.rows(Move.SAME.key()).url(PATH) + "#customers");
    }

    private List<Tile> tiles(List<String> ids, Ledgers ledgers, Asking asking, boolean graced) {
        return ids.stream()
                .map(id -> {
                    Metric metric = metric(id);
                    Definition definition = graced
                            ? metrics.question(metric, "", asking.from(), asking.to(), null, null)
                                    .definition()
                            : metric.definition(AS_RUN).orElseThrow();
                    return new Tile(
                            metric,
                            definition,
                            board.figure(id, definition.id(), ledgers),
                            new Asking(asking.from(), asking.to(), asking.by(), "", asking.group(), "", 1));
                })
                .toList();
    }

    private List<Group> groups(Board read, Asking asking, boolean graced) {
        RevenueBoard.Cut cut = read.cut();
        if (cut == null) {
            return List.of();
        }
        List<Group> groups = new ArrayList<>();
        cut.groups()
                .forEach((key, ledgers) -> ledgers.each().forEach(ledger -> {
                    Asking only = asking.only(key, "");
                    List<Tile> rates = new ArrayList<>(tiles(RATES, new Ledgers(List.of(ledger)), only, graced));
                    rates.addAll(tiles(List.of("customer_retention_rate"), ledgers, only, graced));
                    groups.add(new Group(cut.names().getOrDefault(key, key), only.url(PATH), ledger, rates));
                }));
        return groups;
    }

    private Metric metric(String id) {
        return metrics.find(id).orElseThrow();
    }
}
