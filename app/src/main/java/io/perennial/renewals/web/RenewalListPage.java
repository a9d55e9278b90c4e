package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.KeptViews;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import io.perennial.renewals.RenewalFilter;
import io.perennial.renewals.RenewalFilter.Only;
import io.perennial.renewals.RenewalFilter.Sort;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.Renewals.Sum;
import io.perennial.renewals.Stage;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is due, as a list. */
@Controller
public class RenewalListPage {

    private final Renewals renewals;
    private final KeptViews kept;
    private final Frames frames;
    private final Clock clock;

    RenewalListPage(Renewals renewals, KeptViews kept, Frames frames, Clock clock) {
        this.renewals = renewals;
        this.kept = kept;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param company whether there is any renewal at all, whatever is asked for */
    public record View(
            RenewalFilter filter,
            Renewals.Page page,
            boolean first,
            List<Sum> sums,
            Map<Only, Long> counts,
            List<String> currencies,
            boolean company,
            LocalDate today,
            @Nullable Notice notice) {

        public String url(RenewalFilter other) {
            return other.isPlain() ? "/renewals" : "/renewals?" + other.query();
        }

        public String nextUrl() {
            String query = filter.query();
            return "/renewals?" + (query.isEmpty() ? "" : query + "&") + "after="
                    + URLEncoder.encode(String.valueOf(page.next()), StandardCharsets.UTF_8);
        }

        public List<Tab> tabs() {
            return RenewalListPage.tabs("list", filter);
        }

        public List<Only> chips() {
            return List.of(Only.values());
        }

        public List<Stage> stages() {
            return List.of(Stage.values());
        }

        public long renewals() {
            return sums.stream().mapToLong(Sum::renewals).sum();
        }

        /** The finding, as a heading. */
        public String headline() {
            long many = renewals();
            String what = many == 1 ? "1 renewal" : Wording.count(many) + " renewals";
            return switch (filter.chosen()) {
                case OPEN -> what + (filter.month().isEmpty() ? within() : " due in " + filter.month());
                case NOTICE -> what + (many == 1 ? " waits" : " wait") + " for notice";
                case PERSON -> what + " without a confirmed person";
                case RISK -> what + " at risk";
                case CALL -> what + " without a call at the checkpoint";
                case DISPUTED -> what + " where the system and the manager disagree";
                case PLAN -> what + " with a save plan";
                case LAPSED -> what + " lapsed, nothing followed yet";
                case CLOSED -> what + " closed";
            };
        }

        private String within() {
            return filter.window().equals("all") ? " to come" : " due within " + filter.window() + " days";
        }

        public @Nullable String order(Sort sort) {
            return filter.order() == sort ? sort == Sort.AMOUNT ? "descending" : "ascending" : null;
        }
    }

    static List<Tab> tabs(String current, RenewalFilter filter) {
        String query = filter.isPlain() ? "" : filter.query();
        return List.of(
                new Tab("List", "/renewals" + (query.isEmpty() ? "" : "?" + query), current.equals("list")),
                new Tab("Board", "/renewals?view=board", current.equals("board")),
                new Tab("Calendar", "/renewals?view=calendar", current.equals("calendar")),
                new Tab("Forecast", "/renewals/forecast", current.equals("forecast")));
    }

    /** What stands around the list; the list itself is always of now. */
    private record Counted(List<Sum> sums, Map<Only, Long> counts, List<String> currencies, Instant asOf) {}

    private Counted count(RenewalFilter filter, Viewer viewer) {
        Instant asOf = clock.instant();
        return new Counted(renewals.sums(filter, viewer), renewals.counts(filter, viewer), renewals.currencies(), asOf);
    }

    @GetMapping(
            path = "/renewals",
            params = {"view!=board", "view!=calendar"})
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String only,
            @RequestParam(defaultValue = "") String window,
            @RequestParam(defaultValue = "") String month,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String way,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        RenewalFilter filter = new RenewalFilter(only, window, month, owner, way, stage, currency, account, q, sort);
        Renewals.Page page = renewals.list(filter, after, Renewals.PAGE, viewer);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Counted counted = kept.of("renewals", () -> count(filter, viewer), filter.query(), viewer, today);
        model.addAttribute("again", kept.again(counted.asOf()));
        model.addAttribute("frame", frames.frame("Renewals", RenewalNavigation.RENEWALS));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        page,
                        after.isEmpty(),
                        counted.sums(),
                        counted.counts(),
                        counted.currencies(),
                        !page.renewals().isEmpty() || renewals.any(),
                        today,
                        Notice.take(request)));
        return "renewals/renewals";
    }
}
