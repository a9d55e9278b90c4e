package io.perennial.success.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.success.Plan;
import io.perennial.success.PlanList;
import io.perennial.success.PlanList.Bare;
import io.perennial.success.PlanList.Filter;
import io.perennial.success.PlanList.Look;
import io.perennial.success.PlanList.Sum;
import io.perennial.success.PlanWork;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which customers reach what they want, which are late, and which have no plan. */
@Controller
public class PlanListPage {

    private static final int LONGEST_WORDS = 100;

    private final PlanList list;
    private final Frames frames;
    private final Clock clock;

    PlanListPage(PlanList list, Frames frames, Clock clock) {
        this.list = list;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param counts of each look with the same filter */
    public record View(
            Filter filter,
            Map<Look, Long> counts,
            List<Plan> plans,
            @Nullable UUID next,
            List<Bare> bare,
            @Nullable Sum sum,
            boolean mayWrite,
            LocalDate today,
            @Nullable Notice notice) {

        public String url(Look look) {
            return "/success-plans?look=" + look.key() + rest();
        }

        public String nextUrl() {
            return url(filter.look()) + "&after=" + next;
        }

        private String rest() {
            return (filter.mine() ? "&mine=true" : "")
                    + (filter.words().isEmpty()
                            ? ""
                            : "&q=" + URLEncoder.encode(filter.words(), StandardCharsets.UTF_8));
        }

        public boolean plain() {
            return filter.words().isEmpty() && !filter.mine();
        }

        /** The finding. */
        public String heading() {
            long late = counts.getOrDefault(Look.OVERDUE, 0L);
            long open = counts.getOrDefault(Look.OPEN, 0L);
            if (open == 0) {
                return "No success plan runs yet";
            }
            return late == 0
                    ? "No success plan is late"
                    : (late == 1 ? "1 of " : late + " of ") + open + " success plans "
                            + (late == 1 ? "is late" : "are late");
        }
    }

    @GetMapping("/success-plans")
    String list(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String look,
            @RequestParam(defaultValue = "") String mine,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        String words = q.replace("\0", "").strip();
        Filter filter = new Filter(
                Look.find(look).orElse(Look.OPEN),
                mine.equals("true"),
                words.substring(0, Math.min(LONGEST_WORDS, words.length())));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<Look, Long> counts = new LinkedHashMap<>();
        for (Look one : Look.values()) {
            counts.put(one, list.count(new Filter(one, filter.mine(), filter.words()), today, viewer));
        }
        boolean bare = filter.look() == Look.NONE;
        PlanList.Page page = bare
                ? new PlanList.Page(List.of(), null)
                : list.page(filter, Ids.read(after).orElse(null), today, viewer);
        model.addAttribute("frame", frames.frame("Success plans", SuccessNavigation.PLANS));
        model.addAttribute(
                "view",
                new View(
                        filter,
                        counts,
                        page.plans(),
                        page.next(),
                        bare ? list.without(filter, today, viewer) : List.of(),
                        bare || counts.getOrDefault(filter.look(), 0L) == 0 ? null : list.sum(filter, today, viewer),
                        PlanWork.mayWrite(viewer),
                        today,
                        Notice.take(request)));
        return "success/plans";
    }
}
