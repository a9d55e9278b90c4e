package io.perennial.onboarding.web;

import io.perennial.identity.Viewer;
import io.perennial.onboarding.OnboardingList;
import io.perennial.onboarding.OnboardingList.Column;
import io.perennial.onboarding.OnboardingList.Filter;
import io.perennial.onboarding.OnboardingList.Only;
import io.perennial.onboarding.OnboardingList.Page;
import io.perennial.onboarding.Pace;
import io.perennial.onboarding.Templates;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.platform.web.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All onboardings of a portfolio: as a list, as a board, along time, and how long they take. */
@Controller
public class OnboardingPages {

    private static final int LONGEST_WORDS = 100;

    private final OnboardingList list;
    private final Templates templates;
    private final Pace pace;
    private final Frames frames;
    private final Clock clock;

    OnboardingPages(OnboardingList list, Templates templates, Pace pace, Frames frames, Clock clock) {
        this.list = list;
        this.templates = templates;
        this.pace = pace;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param any whether there is any onboarding at all @param prepared whether there is a template */
    public record View(
            Filter filter,
            String look,
            List<Tab> tabs,
            Map<Only, Integer> counts,
            List<String> templates,
            Page page,
            List<Column> columns,
            @Nullable Bars bars,
            LocalDate today,
            boolean any,
            boolean prepared,
            boolean first,
            boolean mayWork,
            @Nullable Notice notice) {

        public String headline() {
            int open = counts.getOrDefault(Only.OPEN, 0);
            int behind = counts.getOrDefault(Only.BEHIND, 0);
            if (open == 0) {
                return "Nobody is on the way to first value";
            }
            String of = Wording.count(open) + (open == 1 ? " customer" : " customers");
            return behind == 0
                    ? of + " on the way, nobody behind"
                    : Wording.count(behind) + " of " + of + (behind == 1 ? " is behind" : " are behind");
        }

        public String url(Only only) {
            return address(filter.with(only), look, null);
        }

        public String nextUrl() {
            return address(filter, look, page.next());
        }

        public String firstUrl() {
            return address(filter, look, null);
        }
    }

    private static String address(Filter filter, String look, @Nullable String after) {
        StringBuilder url = new StringBuilder(OnboardingNavigation.ADDRESS + "?only=")
                .append(filter.only().key());
        part(url, "view", look.equals("list") ? "" : look);
        part(url, "template", filter.template());
        part(url, "owner", filter.mine() ? "mine" : "");
        part(url, "q", filter.words());
        part(url, "account", filter.account());
        part(url, "after", after == null ? "" : after);
        return url.toString();
    }

    private static void part(StringBuilder url, String name, String value) {
        if (!value.isEmpty()) {
            url.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /** No database takes what nobody can see. */
    private static String clean(String typed) {
        return typed.replaceAll("\\p{Cntrl}", "");
    }

    @GetMapping("/onboardings")
    String list(
            Viewer viewer,
            @RequestParam(defaultValue = "open") String only,
            @RequestParam(defaultValue = "list") String view,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            Model model) {
        String words = clean(q).strip();
        Filter filter = new Filter(
                Only.find(only).orElse(Only.OPEN),
                clean(template),
                owner.equals("mine"),
                words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words,
                clean(account));
        String look = view.equals("board") || view.equals("timeline") ? view : "list";
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Page page = look.equals("board")
                ? new Page(List.of(), null)
                : list.list(filter, after, OnboardingList.PAGE, viewer);
        model.addAttribute("frame", frames.frame("Onboarding", OnboardingNavigation.ONBOARDING));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        look,
                        OnboardingNavigation.tabs(look),
                        list.counts(filter, viewer),
                        list.running(viewer),
                        page,
                        look.equals("board") ? list.board(filter, viewer) : List.of(),
                        look.equals("timeline")
                                ? Bars.of(page.onboardings(), list.milestones(page.onboardings()), today)
                                : null,
                        today,
                        list.any(),
                        !templates.all().isEmpty(),
                        after.isEmpty(),
                        viewer.role().mayWork(),
                        Notice.take(request)));
        return switch (look) {
            case "board" -> "onboarding/board";
            case "timeline" -> "onboarding/timeline";
            default -> "onboarding/onboardings";
        };
    }

    /** @param kinds most started first */
    public record PaceView(List<Tab> tabs, List<Pace.Kind> kinds, LocalDate today) {}

    @GetMapping("/onboardings/pace")
    String pace(Viewer viewer, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Pace and first value", OnboardingNavigation.ONBOARDING)
                        .under("Onboarding", OnboardingNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new PaceView(
                        OnboardingNavigation.tabs("pace"),
                        pace.kinds(viewer, templates.all()),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        return "onboarding/pace";
    }
}
