package io.perennial.cancellations.web;

import io.perennial.contracts.ReasonCategory;
import io.perennial.contracts.ReasonCategory.Family;
import io.perennial.contracts.Reasons;
import io.perennial.contracts.Reasons.BadWord;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The reasons: the shipped ones, the company's own words, and the words of imports that nobody mapped yet. */
@Controller
public class ReasonsPage {

    private static final String ADDRESS = "/cancellations/reasons";

    private final Reasons reasons;
    private final Frames frames;

    ReasonsPage(Reasons reasons, Frames frames) {
        this.reasons = reasons;
        this.frames = frames;
    }

    /** @param typed what stands in the form after a problem */
    public record View(
            List<Reasons.Word> words,
            List<Reasons.Unmapped> unmapped,
            boolean maySet,
            String typed,
            @Nullable String problem,
            @Nullable Notice notice) {

        public List<Family> families() {
            return List.of(Family.values());
        }

        public List<Tab> tabs() {
            return CancellationNavigation.tabs("reasons");
        }

        public long unmappedLosses() {
            return unmapped.stream().mapToLong(Reasons.Unmapped::losses).sum();
        }
    }

    @GetMapping(ADDRESS)
    String reasons(Viewer viewer, HttpServletRequest request, Model model) {
        return show(viewer, "", null, Notice.take(request), model);
    }

    private String show(Viewer viewer, String typed, @Nullable String problem, @Nullable Notice notice, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Reasons", CancellationNavigation.CANCELLATIONS)
                        .under(CancellationNavigation.CANCELLATIONS, "/cancellations"));
        model.addAttribute(
                "view", new View(reasons.words(), reasons.unmapped(), Reasons.maySet(viewer), typed, problem, notice));
        return "cancellations/reasons";
    }

    @PostMapping(ADDRESS)
    String set(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "false") boolean offered,
            Model model) {
        try {
            ReasonCategory counts = ReasonCategory.of(category).orElse(null);
            if (counts == null) {
                response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
                return show(viewer, title, "Choose what it counts as.", null, model);
            }
            UUID change = reasons.set(title, counts, offered, viewer);
            new Notice(
                            change == null
                                    ? "“" + title.strip() + "” counted as that already."
                                    : "“" + title.strip() + "” counts as: " + counts.title()
                                            + ". Past losses with this word count so too.",
                            change,
                            null)
                    .leave(request);
            return "redirect:" + ADDRESS;
        } catch (BadWord e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, title, e.getMessage(), null, model);
        }
    }

    @PostMapping(ADDRESS + "/removal")
    String forget(Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String word) {
        UUID change = reasons.forget(word, viewer);
        if (change != null) {
            new Notice(
                            "“" + word + "” is no word of yours any more. Losses that use it are counted anew.",
                            change,
                            null)
                    .leave(request);
        }
        return "redirect:" + ADDRESS;
    }
}
