package io.perennial.growth.web;

import io.perennial.accounts.Accounts;
import io.perennial.growth.GrowthRefused;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.expansion.ExpansionDeciding;
import io.perennial.growth.expansion.ExpansionDeciding.Decided;
import io.perennial.growth.expansion.ExpansionJob;
import io.perennial.growth.expansion.ExpansionKind;
import io.perennial.growth.expansion.ExpansionSignal;
import io.perennial.growth.expansion.ExpansionSignals;
import io.perennial.growth.expansion.ExpansionSignals.Filter;
import io.perennial.growth.expansion.ExpansionSignals.Owner;
import io.perennial.growth.expansion.ExpansionSignals.Page;
import io.perennial.growth.expansion.ExpansionSignals.Run;
import io.perennial.growth.expansion.ExpansionSignals.Sum;
import io.perennial.growth.expansion.ExpansionWhy;
import io.perennial.identity.Viewer;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Who could use more, why we think so, and what was decided about it. */
@Controller
public class ExpansionPages {

    private static final String PATH = "/expansion";
    private static final int LONGEST_WORDS = 100;

    private final ExpansionSignals signals;
    private final ExpansionDeciding deciding;
    private final ExpansionWhy why;
    private final Accounts accounts;
    private final Jobs jobs;
    private final Frames frames;

    ExpansionPages(
            ExpansionSignals signals,
            ExpansionDeciding deciding,
            ExpansionWhy why,
            Accounts accounts,
            Jobs jobs,
            Frames frames) {
        this.signals = signals;
        this.deciding = deciding;
        this.why = why;
        this.accounts = accounts;
        this.jobs = jobs;
        this.frames = frames;
    }

    /** @param run the last look at all customers; null before the first */
    public record View(
            Filter filter,
            boolean first,
            Page page,
            List<Sum> sums,
            Map<ExpansionKind, Long> counts,
            List<String> segments,
            List<Owner> owners,
            @Nullable Run run,
            boolean mayWork,
            boolean mayLook,
            @Nullable Notice notice) {

        public long all() {
            return sums.stream().mapToLong(Sum::n).sum();
        }

        public boolean open() {
            return filter.state().equals("open");
        }

        /** The finding, as a heading. */
        public String headline() {
            long many = all();
            String what = Wording.count(many) + (many == 1 ? " signal of growth" : " signals of growth");
            return switch (filter.state()) {
                case "accepted" -> what + (many == 1 ? " became an opportunity" : " became opportunities");
                case "dismissed" -> what + (many == 1 ? " was" : " were") + " dismissed";
                default -> what + " at healthy customers";
            };
        }

        public List<Tab> tabs() {
            return List.of(
                    new Tab("Open", url(with("open"), null), open()),
                    new Tab(
                            "Accepted",
                            url(with("accepted"), null),
                            filter.state().equals("accepted")),
                    new Tab(
                            "Dismissed",
                            url(with("dismissed"), null),
                            filter.state().equals("dismissed")));
        }

        private Filter with(String state) {
            return new Filter(state, filter.kind(), filter.segment(), filter.owner(), filter.words());
        }

        public String url(Filter other, @Nullable UUID after) {
            return Address.of(
                    PATH,
                    "show",
                    other.state().equals("open") ? "" : other.state(),
                    "kind",
                    other.kind(),
                    "segment",
                    other.segment(),
                    "owner",
                    other.owner(),
                    "q",
                    other.words(),
                    "after",
                    after == null ? "" : after.toString());
        }
    }

    /**
     * What a command left of a row.
     *
     * @param change to undo; null when it was refused
     */
    public record Outcome(
            @Nullable ExpansionSignal signal,
            @Nullable UUID change,
            @Nullable String problem) {}

    @GetMapping(PATH)
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String show,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        String words = q.replace("\0", "").strip();
        Filter filter = new Filter(
                show.matches("accepted|dismissed") ? show : "open",
                ExpansionKind.find(kind).isPresent() ? kind : "",
                segment.replace("\0", ""),
                owner.equals("mine") || Ids.read(owner).isPresent() ? owner : "",
                words.substring(0, Math.min(LONGEST_WORDS, words.length())));
        UUID last = Ids.read(after).orElse(null);
        model.addAttribute("frame", frames.frame("Expansion", GrowthNavigation.EXPANSION));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        last == null,
                        signals.list(filter, last, ExpansionSignals.PAGE, viewer),
                        signals.sums(filter, viewer),
                        signals.counts(filter, viewer),
                        signals.segments(),
                        signals.owners(),
                        signals.lastRun().orElse(null),
                        OpportunityEditing.mayWrite(viewer),
                        OpportunityEditing.mayWrite(viewer) && viewer.everything(),
                        Notice.take(request)));
        return "growth/expansion";
    }

    @GetMapping("/expansion/why")
    String why(Viewer viewer, @RequestParam(defaultValue = "") String account, Model model) {
        AccountId id = Ids.read(account).map(AccountId::new).orElse(null);
        if (id == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute(
                "frame",
                frames.frame("Why does this (not) show?", GrowthNavigation.EXPANSION)
                        .under("Expansion", PATH));
        model.addAttribute(
                "account",
                accounts.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        model.addAttribute("verdicts", why.about(id));
        return "growth/expansionWhy";
    }

    @PostMapping("/expansion/{id}/opportunity")
    String accept(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        return command(viewer, request, response, id, htmx, model, () -> deciding.accept(id, viewer));
    }

    @PostMapping("/expansion/{id}/dismissal")
    String dismiss(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        return command(viewer, request, response, id, htmx, model, () -> deciding.dismiss(id, reason, viewer));
    }

    /** Looks at all customers now rather than tomorrow. */
    @PostMapping("/expansion/look")
    String look(Viewer viewer, HttpServletRequest request) {
        if (!viewer.everything()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        UUID job = jobs.submit(ExpansionJob.KIND, ExpansionJob.TITLE, "{}", viewer.actor());
        new Notice("All customers are being looked at.", null, job).leave(request);
        return "redirect:" + PATH;
    }

    private String command(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            UUID id,
            @Nullable String htmx,
            Model model,
            Supplier<Decided> command) {
        if (signals.find(id, viewer).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Outcome outcome;
        try {
            Decided decided = command.get();
            outcome = new Outcome(signals.find(id, viewer).orElse(null), decided.change(), null);
            if (htmx == null) {
                UUID opportunity = decided.opportunity();
                if (decided.change() != null) {
                    new Notice(
                                    opportunity == null ? "The signal is dismissed." : "It is an opportunity now.",
                                    decided.change(),
                                    null)
                            .leave(request);
                }
                return "redirect:" + (opportunity == null ? PATH : "/opportunities/" + opportunity);
            }
        } catch (GrowthRefused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            outcome = new Outcome(signals.find(id, viewer).orElse(null), null, refused.getMessage());
        }
        model.addAttribute(
                "frame", frames.frame("Not done", GrowthNavigation.EXPANSION).under("Expansion", PATH));
        model.addAttribute("outcome", outcome);
        return htmx == null ? "growth/expansionProblem" : "growth/expansionOutcome";
    }
}
