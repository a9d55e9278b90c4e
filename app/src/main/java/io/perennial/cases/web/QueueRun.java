package io.perennial.cases.web;

import io.perennial.cases.desk.CaseRow;
import io.perennial.cases.desk.Queue;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queue that one works through, beside the case: what came before, what comes next, and going there by itself. */
@Controller
public class QueueRun {

    private static final String RUN = "case-run";

    private final Queue queue;
    private final Frames frames;

    QueueRun(Queue queue, Frames frames) {
        this.queue = queue;
        this.frames = frames;
    }

    /**
     * @param at place of the case among the rows, from 1; 0 when it is none of them
     * @param more whether the queue goes on behind the rows
     * @param going whether the next case opens by itself
     */
    public record Beside(
            UUID id,
            QueueAddress address,
            List<CaseRow> rows,
            int at,
            boolean more,
            @Nullable CaseRow previous,
            @Nullable CaseRow next,
            boolean going,
            boolean mayWork,
            Instant now) {}

    @GetMapping("/cases/{id}/beside")
    String beside(Viewer viewer, HttpServletRequest request, @PathVariable UUID id, Model model) {
        QueueAddress address = QueueAddress.last(request);
        Queue.Page page = queue.page(new Queue.Question(address.view(), address.filter(), ""), viewer);
        List<CaseRow> rows = page.rows();
        int at = place(rows, id);
        model.addAttribute(
                "beside",
                new Beside(
                        id,
                        address,
                        rows,
                        at + 1,
                        page.next() != null,
                        at > 0 ? rows.get(at - 1) : null,
                        next(rows, at),
                        isGoing(request),
                        QueuePage.mayWork(viewer),
                        queue.now()));
        model.addAttribute("frame", frames.frame("Cases", CaseNavigation.CASES));
        return "cases/beside";
    }

    /** Whether the next case opens by itself, for as long as somebody is signed in. */
    @PostMapping("/cases/{id}/run")
    String run(HttpServletRequest request, @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean going) {
        request.getSession().setAttribute(RUN, String.valueOf(going));
        return "redirect:/cases/" + id;
    }

    static boolean isGoing(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && "true".equals(session.getAttribute(RUN));
    }

    /** Where to go when a case is done with: to the next one of the queue, which is where {@code id} stood. */
    Optional<UUID> following(UUID id, Viewer viewer, HttpServletRequest request) {
        if (!isGoing(request)) {
            return Optional.empty();
        }
        QueueAddress address = QueueAddress.last(request);
        List<CaseRow> rows = queue.page(new Queue.Question(address.view(), address.filter(), ""), viewer)
                .rows();
        return Optional.ofNullable(next(rows, place(rows, id))).map(CaseRow::id);
    }

    private static int place(List<CaseRow> rows, UUID id) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** Of a case that is none of the queue's, the first. */
    private static @Nullable CaseRow next(List<CaseRow> rows, int at) {
        return at + 1 < rows.size() ? rows.get(at + 1) : null;
    }
}
