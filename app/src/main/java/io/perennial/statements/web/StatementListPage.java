package io.perennial.statements.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.statements.Schedules;
import io.perennial.statements.Schedules.Schedule;
import io.perennial.statements.StatementRefused;
import io.perennial.statements.StatementWork;
import io.perennial.statements.Statements;
import io.perennial.statements.Statements.Filter;
import io.perennial.statements.Statements.Item;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which statements wait for a look, which were sent, and how often customers get one. */
@Controller
public class StatementListPage {

    private static final int LONGEST_WORDS = 100;
    private static final List<String> STATES = List.of("draft", "approved", "sent", "");

    private final Statements statements;
    private final Schedules schedules;
    private final Jobs jobs;
    private final Frames frames;

    StatementListPage(Statements statements, Schedules schedules, Jobs jobs, Frames frames) {
        this.statements = statements;
        this.schedules = schedules;
        this.jobs = jobs;
        this.frames = frames;
    }

    /** @param counts of each state with the same filter */
    public record View(
            Filter filter,
            Map<String, Long> counts,
            List<Item> items,
            @Nullable UUID next,
            List<Schedule> schedules,
            boolean mayWrite,
            boolean maySchedule,
            @Nullable String problem,
            @Nullable Notice notice) {

        public static String title(String state) {
            return switch (state) {
                case "draft" -> "To be looked at";
                case "approved" -> "Approved, not sent";
                case "sent" -> "Sent";
                default -> "All";
            };
        }

        public String url(String state) {
            return "/statements?state=" + (state.isEmpty() ? "all" : state) + (filter.mine() ? "&mine=true" : "")
                    + (filter.words().isEmpty()
                            ? ""
                            : "&q=" + URLEncoder.encode(filter.words(), StandardCharsets.UTF_8));
        }

        public boolean plain() {
            return filter.words().isEmpty() && !filter.mine();
        }

        public String heading() {
            long waiting = counts.getOrDefault("draft", 0L);
            long approved = counts.getOrDefault("approved", 0L);
            if (counts.getOrDefault("", 0L) == 0) {
                return "No statement was drafted yet";
            }
            if (waiting > 0) {
                return io.perennial.platform.web.Wording.count(waiting)
                        + (waiting == 1 ? " statement waits for a look" : " statements wait for a look");
            }
            return approved > 0 ? approved + " approved, to be sent" : "Every statement was sent";
        }
    }

    @GetMapping("/statements")
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "draft") String state,
            @RequestParam(defaultValue = "") String mine,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        return show(viewer, state, mine, q, after, null, Notice.take(request), model);
    }

    private String show(
            Viewer viewer,
            String state,
            String mine,
            String q,
            String after,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        String words = q.replace("\0", "").strip();
        String shown = words.substring(0, Math.min(LONGEST_WORDS, words.length()));
        String chosen = state.equals("all") ? "" : STATES.contains(state) ? state : "draft";
        Filter filter = new Filter(chosen, mine.equals("true"), shown);
        Map<String, Long> counts = new LinkedHashMap<>();
        STATES.forEach(one -> counts.put(one, statements.count(new Filter(one, filter.mine(), shown), viewer)));
        Statements.Page page = statements.page(filter, Ids.read(after).orElse(null), Statements.PAGE, viewer);
        model.addAttribute("frame", frames.frame("Statements", StatementNavigation.STATEMENTS));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        counts,
                        page.items(),
                        page.next(),
                        schedules.all(),
                        StatementWork.mayWrite(viewer),
                        Schedules.mayWrite(viewer),
                        problem,
                        notice));
        return "statements/statements";
    }

    @PostMapping("/statements/schedules")
    String schedule(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "-1") int months,
            Model model) {
        try {
            UUID change = schedules.set(segment, months, viewer);
            if (change != null) {
                new Notice("The schedule is saved.", change, null).leave(request);
            }
            return "redirect:/statements#schedules";
        } catch (StatementRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, "draft", "", "", "", e.getMessage(), null, model);
        }
    }

    @PostMapping("/statements/drafts")
    String draftAll(Viewer viewer, HttpServletRequest request) {
        UUID job = jobs.submit("statements", "Draft statements of the last period", "{}", viewer.actor());
        new Notice("Statements of all customers who are due are being drafted.", null, job).leave(request);
        return "redirect:/statements";
    }
}
