package io.perennial.cancellations.web;

import io.perennial.cancellations.Attempts;
import io.perennial.cancellations.CannotRecord;
import io.perennial.cancellations.LeavingRules;
import io.perennial.cancellations.WorkList;
import io.perennial.cancellations.WorkLists;
import io.perennial.cancellations.WorkLists.Show;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The work lists, and offers made from them or from the page of an account. */
@Controller
public class WorkListPage {

    private static final String ATTEMPTS = "/cancellations/attempts";

    private final WorkLists lists;
    private final Attempts attempts;
    private final LeavingRules rules;
    private final Frames frames;
    private final Clock clock;

    WorkListPage(WorkLists lists, Attempts attempts, LeavingRules rules, Frames frames, Clock clock) {
        this.lists = lists;
        this.attempts = attempts;
        this.rules = rules;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param show which part of the list */
    public record View(
            WorkList list,
            Show show,
            WorkLists.Page page,
            int number,
            List<LeavingRules.Offer> offers,
            boolean mayWork,
            LocalDate today,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String address() {
            return "/cancellations/" + list.key();
        }

        public String url(Show other, int page) {
            return address() + "?show=" + other.name().toLowerCase(Locale.ROOT) + (page > 1 ? "&page=" + page : "");
        }

        public String here() {
            return url(show, number);
        }

        /** The finding, in a sentence. */
        public String title() {
            long all = page.all();
            String who = all == 1 ? "One customer " : all == 0 ? "No customer " : all + " customers ";
            boolean one = all < 2;
            return switch (show) {
                case WORK -> who + (one ? "has" : "have") + " an open offer";
                case DONE ->
                    who + (one ? "has" : "have") + (list == WorkList.WIN_BACK ? " come back or answered" : " answered");
                case DUE ->
                    switch (list) {
                        case STILL_ACTIVE -> who + "cancelled and still " + (one ? "uses" : "use") + " the product";
                        case AT_RISK ->
                            who + (one ? "looks" : "look") + " like leaving and " + (one ? "has" : "have")
                                    + " no offer";
                        case WIN_BACK -> who + (one ? "is" : "are") + " due to be asked back";
                    };
            };
        }

        public List<Tab> tabs() {
            return CancellationNavigation.tabs(list.key());
        }

        public List<Tab> parts() {
            return List.of(
                    new Tab("To act on", url(Show.DUE, 1), show == Show.DUE),
                    new Tab("Open offers", url(Show.WORK, 1), show == Show.WORK),
                    new Tab(
                            list == WorkList.WIN_BACK ? "Answered or back" : "Answered",
                            url(Show.DONE, 1),
                            show == Show.DONE));
        }

        public String fresh() {
            return Ids.next().toString();
        }
    }

    @GetMapping({"/cancellations/still-active", "/cancellations/at-risk", "/cancellations/win-back"})
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "due") String show,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        return show(
                viewer, listOf(request.getRequestURI()), part(show), number(page), null, Notice.take(request), model);
    }

    private String show(
            Viewer viewer,
            WorkList list,
            Show show,
            int page,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        model.addAttribute(
                "frame",
                frames.frame(list.title(), CancellationNavigation.CANCELLATIONS)
                        .under(CancellationNavigation.CANCELLATIONS, "/cancellations"));
        model.addAttribute(
                "view",
                new View(
                        list,
                        show,
                        lists.page(list, show, page, today(), viewer),
                        page,
                        rules.rules().offers(),
                        viewer.role().mayWork(),
                        today(),
                        problem,
                        notice));
        return "cancellations/workList";
    }

    @PostMapping(ATTEMPTS)
    String offer(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam UUID account,
            @RequestParam(required = false) @Nullable UUID loss,
            @RequestParam(defaultValue = "save") String purpose,
            @RequestParam(defaultValue = "") String offer,
            @RequestParam(defaultValue = "") String madeOn,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String back,
            Model model) {
        return done(
                viewer,
                request,
                response,
                back,
                model,
                () -> attempts.offer(new AccountId(account), purpose, loss, offer, madeOn, key, viewer));
    }

    @PostMapping(ATTEMPTS + "/{attempt}")
    String decide(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID attempt,
            @RequestParam(defaultValue = "open") String result,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String resultOn,
            @RequestParam(defaultValue = "") String back,
            Model model) {
        return done(
                viewer,
                request,
                response,
                back,
                model,
                () -> attempts.decide(attempt, result, answer, resultOn, viewer));
    }

    private String done(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            String back,
            Model model,
            java.util.function.Supplier<Attempts.Done> work) {
        try {
            Attempts.Done done = work.get();
            new Notice(done.words(), done.change(), null).leave(request);
            return "redirect:" + ours(back);
        } catch (CannotRecord e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, listOf(back), part(""), 1, e.getMessage(), null, model);
        }
    }

    /** Where the form stood: a list of ours or an account; anything else leads to the first list. */
    private static String ours(String back) {
        boolean known = back.matches("/cancellations/[a-z-]+(\\?[a-z0-9=&]*)?")
                || back.matches("/accounts/[0-9a-f-]{36}(\\?tab=contracts)?(#panel-leaving)?");
        return known ? back : "/cancellations/" + WorkList.STILL_ACTIVE.key();
    }

    private static WorkList listOf(String address) {
        String path = address.replaceAll("\\?.*", "");
        return WorkList.of(path.substring(path.lastIndexOf('/') + 1)).orElse(WorkList.STILL_ACTIVE);
    }

    private static Show part(String text) {
        return switch (text) {
            case "work" -> Show.WORK;
            case "done" -> Show.DONE;
            default -> Show.DUE;
        };
    }

    private static int number(String page) {
        return page.matches("[0-9]{1,4}") ? Math.clamp(Integer.parseInt(page), 1, 2_000) : 1;
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
