package io.perennial.cases.web;

import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.ClockRefresh;
import io.perennial.cases.desk.FollowerMail;
import io.perennial.cases.desk.Queue;
import io.perennial.cases.desk.QueueViews;
import io.perennial.cases.desk.Routing;
import io.perennial.cases.desk.UnknownSenders;
import io.perennial.identity.Role;
import io.perennial.identity.Teams;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which case next. The queue is its address, which can be kept under a name. */
@Controller
public class QueuePage {

    private final Queue queue;
    private final QueueViews saved;
    private final Routing routing;
    private final FollowerMail mail;
    private final Teams teams;
    private final ClockRefresh clocks;
    private final UnknownSenders unknown;
    private final Frames frames;
    private final Clock clock;

    QueuePage(
            Queue queue,
            QueueViews saved,
            Routing routing,
            FollowerMail mail,
            Teams teams,
            ClockRefresh clocks,
            UnknownSenders unknown,
            Frames frames,
            Clock clock) {
        this.queue = queue;
        this.saved = saved;
        this.routing = routing;
        this.mail = mail;
        this.teams = teams;
        this.clocks = clocks;
        this.unknown = unknown;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param next address of the following page
     * @param leads may keep queues for everybody
     * @param mail how often the viewer hears of followed cases by mail, where that is asked
     */
    public record View(
            QueueAddress address,
            List<Tab> tabs,
            List<QueueViews.Saved> saved,
            Queue.Page page,
            List<String> products,
            List<Teams.Team> teams,
            @Nullable String next,
            Instant now,
            boolean mayWork,
            boolean leads,
            int unknownLetters,
            FollowerMail.@Nullable Wish mail,
            @Nullable String problem,
            @Nullable Notice notice) {

        public boolean isKept(QueueViews.Saved kept) {
            return kept.query().equals(address.query());
        }
    }

    @GetMapping("/cases")
    String list(Viewer viewer, HttpServletRequest request, @RequestParam Map<String, String> parameters, Model model) {
        QueueAddress address = QueueAddress.of(parameters);
        address.remember(request);
        return show(address, parameters.getOrDefault("after", ""), null, viewer, request, model);
    }

    private String show(
            QueueAddress address,
            String after,
            @Nullable String problem,
            Viewer viewer,
            HttpServletRequest request,
            Model model) {
        Queue.Page page = queue.page(new Queue.Question(address.view(), address.filter(), after), viewer);
        model.addAttribute("frame", frames.frame("Cases", CaseNavigation.CASES));
        model.addAttribute(
                "view",
                new View(
                        address,
                        tabs(address, viewer),
                        saved.of(viewer),
                        page,
                        queue.products(),
                        teams.all(),
                        page.next() == null
                                ? null
                                : address.url() + "&after=" + URLEncoder.encode(page.next(), StandardCharsets.UTF_8),
                        clock.instant(),
                        mayWork(viewer),
                        QueueViews.leads(viewer),
                        unknown.waiting(viewer),
                        address.view() == Queue.View.FOLLOWED && mayWork(viewer) ? mail.of(viewer) : null,
                        problem,
                        Notice.take(request)));
        return "cases/queue";
    }

    /** Keeps a queue under a name. */
    @PostMapping("/cases/views")
    String keep(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "false") boolean shared,
            Model model) {
        QueueAddress address = QueueAddress.parse(query);
        try {
            saved.save(name, address.query(), shared, viewer);
        } catch (CaseRefused e) {
            response.setStatus(422);
            return show(address, "", e.getMessage(), viewer, request, model);
        }
        return "redirect:" + address.url();
    }

    @PostMapping("/cases/views/{id}/removal")
    String forget(Viewer viewer, HttpServletRequest request, @PathVariable UUID id) {
        saved.remove(id, viewer);
        return "redirect:" + QueueAddress.last(request).url();
    }

    /** How often letters tell of followed cases. */
    @PostMapping("/cases/followed/mail")
    String wish(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String wish,
            Model model) {
        try {
            mail.choose(wish, viewer);
        } catch (CaseRefused e) {
            response.setStatus(422);
            return show(QueueAddress.parse("view=followed"), "", e.getMessage(), viewer, request, model);
        }
        new Notice("Your choice is kept.", null, null).leave(request);
        return "redirect:/cases?view=followed";
    }

    /** Other targets, hours or holidays count at once. */
    @PostMapping("/cases/clocks")
    String clocks(Viewer viewer, HttpServletRequest request) {
        int open = clocks.countAnew(viewer);
        new Notice(
                        "The clocks of " + open + (open == 1 ? " open case are" : " open cases are") + " counted anew.",
                        null,
                        null)
                .leave(request);
        return "redirect:" + QueueAddress.last(request).url();
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

    private List<Tab> tabs(QueueAddress address, Viewer viewer) {
        Map<Queue.View, Long> counts = queue.counts(viewer);
        List<Tab> tabs = new ArrayList<>();
        for (Queue.View view : Queue.View.values()) {
            String url = address.on(view);
            Long count = counts.get(view);
            tabs.add(
                    count == null
                            ? new Tab(view.title(), url, view == address.view())
                            : new Tab(view.title(), url, view == address.view(), count));
        }
        return tabs;
    }

    static boolean mayWork(Viewer viewer) {
        return viewer.role() == Role.SUPPORT || viewer.role().mayWork();
    }
}
