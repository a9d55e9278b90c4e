package io.perennial.cases.web;

import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.Queue;
import io.perennial.cases.desk.Routing;
import io.perennial.cases.desk.UnknownSenders;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which case next. The view is its address. */
@Controller
public class QueuePage {

    private final Queue queue;
    private final Routing routing;
    private final UnknownSenders unknown;
    private final Frames frames;
    private final Clock clock;

    QueuePage(Queue queue, Routing routing, UnknownSenders unknown, Frames frames, Clock clock) {
        this.queue = queue;
        this.routing = routing;
        this.unknown = unknown;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param next address of the following page */
    public record View(
            Queue.View view,
            List<Tab> tabs,
            Queue.Page page,
            String skill,
            String words,
            List<String> skills,
            @Nullable String next,
            Instant now,
            boolean mayWork,
            int unknownLetters,
            @Nullable Notice notice) {}

    @GetMapping("/cases")
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "") String skill,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        Queue.View shown = Queue.View.of(view);
        String words = q.replace("\0", "");
        Queue.Page page = queue.page(new Queue.Question(shown, skill.replace("\0", ""), words, after), viewer);
        String filter = (skill.isBlank() ? "" : "&skill=" + encoded(skill)) + (q.isBlank() ? "" : "&q=" + encoded(q));
        model.addAttribute("frame", frames.frame("Cases", CaseNavigation.CASES));
        model.addAttribute(
                "view",
                new View(
                        shown,
                        tabs(shown, filter, viewer),
                        page,
                        skill,
                        q,
                        queue.products(),
                        page.next() == null
                                ? null
                                : "/cases?view=" + shown.key() + filter + "&after=" + encoded(page.next()),
                        clock.instant(),
                        mayWork(viewer),
                        unknown.waiting(viewer),
                        Notice.take(request)));
        return "cases/queue";
    }

    /** Takes what is due next and opens it. */
    @PostMapping("/cases/next")
    String next(Viewer viewer, HttpServletRequest request) {
        Optional<UUID> next = routing.takeNext(viewer);
        if (next.isEmpty()) {
            new Notice("Nobody's case waits that you could take.", null, null).leave(request);
            return "redirect:/cases";
        }
        return "redirect:/cases/" + next.get();
    }

    /** @param lead may change everybody's skills */
    public record Team(
            List<Routing.Agent> agents,
            UUID me,
            boolean lead,
            boolean mayWork,
            @Nullable String problem) {}

    @GetMapping("/cases/team")
    String team(Viewer viewer, Model model) {
        return team(viewer, model, null);
    }

    @PostMapping("/cases/team")
    String learn(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam UUID member,
            @RequestParam(defaultValue = "") String skills,
            Model model) {
        try {
            routing.learn(member, skills, viewer);
        } catch (CaseRefused e) {
            response.setStatus(422);
            return team(viewer, model, e.getMessage());
        }
        return "redirect:/cases/team";
    }

    private String team(Viewer viewer, Model model, @Nullable String problem) {
        boolean lead = viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
        model.addAttribute(
                "frame", frames.frame("Who knows what", CaseNavigation.CASES).under("Cases", "/cases"));
        model.addAttribute("team", new Team(routing.agents(), viewer.memberId(), lead, mayWork(viewer), problem));
        return "cases/team";
    }

    private List<Tab> tabs(Queue.View shown, String filter, Viewer viewer) {
        Map<Queue.View, Long> counts = queue.counts(viewer);
        List<Tab> tabs = new ArrayList<>();
        for (Queue.View view : Queue.View.values()) {
            String url = "/cases?view=" + view.key() + filter;
            Long count = counts.get(view);
            tabs.add(
                    count == null
                            ? new Tab(view.title(), url, view == shown)
                            : new Tab(view.title(), url, view == shown, count));
        }
        return tabs;
    }

    static boolean mayWork(Viewer viewer) {
        return viewer.role() == Role.SUPPORT || viewer.role().mayWork();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
