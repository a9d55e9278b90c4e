package io.perennial.health.web;

import io.perennial.health.Signal;
import io.perennial.health.SignalFinished;
import io.perennial.health.Signals;
import io.perennial.health.signals.SignalBook;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Tab;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The triage list: what changed that threatens an account, what it is worth, and what to do. */
@Controller
public class SignalsPage {

    private static final int SHOWN = 100;

    private final Signals signals;
    private final Frames frames;
    private final Clock clock;

    SignalsPage(Signals signals, Frames frames, Clock clock) {
        this.signals = signals;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param query of this list, to come back to it after a command without script */
    public record View(
            List<Signal> signals,
            long total,
            List<Tab> causes,
            String cause,
            boolean snoozed,
            String query,
            LocalDate today,
            boolean mayWork) {}

    /**
     * What a command left of a row.
     *
     * @param change to undo; null when it was refused
     */
    public record Outcome(
            @Nullable Signal signal,
            @Nullable UUID change,
            @Nullable String problem) {}

    @GetMapping("/signals")
    String list(
            Viewer viewer,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String show,
            Model model) {
        boolean snoozed = show.equals("snoozed");
        Map<String, Long> counts = signals.countsByCause(viewer);
        List<Signal> found =
                snoozed ? signals.snoozed(viewer) : signals.open(viewer, new Signals.Filter(cause, ""), SHOWN);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long total = snoozed ? found.size() : cause.isEmpty() ? all : counts.getOrDefault(cause, 0L);
        model.addAttribute("frame", frames.frame("Signals", HealthNavigation.SIGNALS));
        model.addAttribute(
                "view",
                new View(
                        found,
                        total,
                        tabs(counts, all, cause, snoozed),
                        cause,
                        snoozed,
                        cause.isEmpty() ? "" : "?cause=" + URLEncoder.encode(cause, StandardCharsets.UTF_8),
                        today(),
                        viewer.role().mayWork()));
        return "health/signals";
    }

    @GetMapping("/signals/why")
    String why(Viewer viewer, @RequestParam UUID account, Model model) {
        AccountId id = new AccountId(account);
        model.addAttribute(
                "frame",
                frames.frame("Why did this (not) fire?", HealthNavigation.SIGNALS)
                        .under("Signals", "/signals"));
        model.addAttribute("account", id);
        model.addAttribute("rules", signals.why(id, viewer));
        return "health/why";
    }

    @PostMapping("/signals/{id}/acknowledgement")
    String acknowledge(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            HttpServletResponse response,
            Model model) {
        return command(viewer, id, htmx, response, model, () -> signals.acknowledge(id, viewer));
    }

    @PostMapping("/signals/{id}/snooze")
    String snooze(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam String until,
            @RequestParam(defaultValue = "") String reason,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            HttpServletResponse response,
            Model model) {
        return command(viewer, id, htmx, response, model, () -> signals.snooze(id, day(until), reason, viewer));
    }

    @PostMapping("/signals/{id}/outcome")
    String done(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String outcome,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            HttpServletResponse response,
            Model model) {
        return command(viewer, id, htmx, response, model, () -> signals.done(id, outcome, viewer));
    }

    private String command(
            Viewer viewer,
            UUID id,
            @Nullable String htmx,
            HttpServletResponse response,
            Model model,
            Supplier<UUID> command) {
        Outcome outcome;
        try {
            UUID change = command.get();
            outcome = new Outcome(signals.find(id, viewer).orElse(null), change, null);
        } catch (SignalFinished e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            outcome = new Outcome(signals.find(id, viewer).orElse(null), null, e.getMessage());
        } catch (IllegalArgumentException e) {
            response.setStatus(422);
            outcome = new Outcome(signals.find(id, viewer).orElse(null), null, e.getMessage());
        }
        if (htmx == null && outcome.problem() == null) {
            return "redirect:/signals";
        }
        model.addAttribute("frame", frames.frame("Signals", HealthNavigation.SIGNALS));
        model.addAttribute("outcome", outcome);
        model.addAttribute("today", today());
        return htmx == null ? "health/signalProblem" : "health/signalOutcome";
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Choose the day on which it should come back.", e);
        }
    }

    private static List<Tab> tabs(Map<String, Long> counts, long all, String cause, boolean snoozed) {
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab("All", "/signals", cause.isEmpty() && !snoozed, all));
        for (String known : SignalBook.causes()) {
            long count = counts.getOrDefault(known, 0L);
            if (count > 0 || known.equals(cause)) {
                tabs.add(new Tab(SignalBook.title(known), "/signals?cause=" + known, known.equals(cause), count));
            }
        }
        tabs.add(new Tab("Snoozed", "/signals?show=snoozed", snoozed));
        return tabs;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
