package io.perennial.growth.web;

import io.perennial.growth.Opportunities;
import io.perennial.growth.Opportunities.Credit;
import io.perennial.growth.Opportunities.Filter;
import io.perennial.growth.Opportunities.StageSum;
import io.perennial.growth.Opportunities.Sum;
import io.perennial.growth.Opportunity;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.OpportunityKind;
import io.perennial.growth.Stage;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All opportunities: as a board of their stages, or as a list. */
@Controller
public class OpportunityListPage {

    private static final int LONGEST_WORDS = 100;

    private final Opportunities opportunities;
    private final Frames frames;
    private final Clock clock;

    OpportunityListPage(Opportunities opportunities, Frames frames, Clock clock) {
        this.opportunities = opportunities;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param sums per currency */
    public record Column(Stage stage, long n, List<Sum> sums, List<Opportunity> cards) {}

    public record View(
            Filter filter,
            boolean board,
            List<Sum> totals,
            List<Column> columns,
            List<Opportunity> list,
            long all,
            List<Credit> credits,
            boolean mayWrite,
            LocalDate today,
            @Nullable Notice notice) {

        public boolean empty() {
            return all == 0;
        }

        /** The same view in another look. */
        public String url(boolean asBoard) {
            return address(asBoard, asBoard ? "" : filter.stage());
        }

        /** All of a column, as a list. */
        public String url(Stage stage) {
            return address(false, stage.key());
        }

        private String address(boolean asBoard, String stage) {
            return Address.of(
                    "/opportunities",
                    "view",
                    asBoard ? "" : "list",
                    "stage",
                    stage,
                    "kind",
                    filter.kind(),
                    "mine",
                    filter.mine() ? "true" : "",
                    "q",
                    filter.words());
        }
    }

    @GetMapping("/opportunities")
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String mine,
            @RequestParam(defaultValue = "") String q,
            Model model) {
        String words = q.replace("\0", "").strip();
        Filter filter = new Filter(
                stage.equals("all") || Stage.find(stage).isPresent() ? stage : "",
                OpportunityKind.find(kind).isPresent() ? kind : "",
                mine.equals("true"),
                words.substring(0, Math.min(LONGEST_WORDS, words.length())));
        boolean board = !view.equals("list") && filter.stage().isEmpty();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<StageSum> sums = opportunities.sums(filter, viewer);
        List<Column> columns = board
                ? Arrays.stream(Stage.values())
                        .filter(Stage::open)
                        .map(one -> column(one, sums, filter, viewer))
                        .toList()
                : List.of();
        model.addAttribute("frame", frames.frame("Opportunities", GrowthNavigation.OPPORTUNITIES));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        board,
                        totals(sums),
                        columns,
                        board ? List.of() : opportunities.list(filter, viewer),
                        sums.stream().mapToLong(sum -> sum.sum().n()).sum(),
                        opportunities.credits(today, viewer),
                        OpportunityEditing.mayWrite(viewer),
                        today,
                        Notice.take(request)));
        return "growth/opportunities";
    }

    private Column column(Stage stage, List<StageSum> sums, Filter filter, Viewer viewer) {
        List<Sum> own = sums.stream()
                .filter(sum -> sum.stage() == stage)
                .map(StageSum::sum)
                .toList();
        long n = own.stream().mapToLong(Sum::n).sum();
        return new Column(stage, n, own, n == 0 ? List.of() : opportunities.cards(stage, filter, viewer));
    }

    private static List<Sum> totals(List<StageSum> sums) {
        Map<String, Sum> totals = new TreeMap<>();
        for (StageSum sum : sums) {
            totals.merge(
                    sum.sum().currency(),
                    sum.sum(),
                    (one, other) -> new Sum(
                            one.currency(),
                            one.n() + other.n(),
                            one.amount().add(other.amount()),
                            one.weighted().add(other.weighted())));
        }
        List<Sum> known = new ArrayList<>(totals.values());
        known.removeIf(sum -> sum.currency().isEmpty() && sum.amount().compareTo(BigDecimal.ZERO) == 0);
        return known;
    }
}
