package io.perennial.usage.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.usage.FeatureCatalogue;
import io.perennial.usage.FeatureCatalogue.Feature;
import io.perennial.usage.FeatureCatalogue.NotPossible;
import io.perennial.usage.FeatureCatalogue.Wish;
import io.perennial.usage.SilentNow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The feature catalogue: what there is to use, and what we call it. */
@Controller
public class FeaturePages {

    private static final int PAGE = 100;

    private final FeatureCatalogue catalogue;
    private final SilentNow silent;
    private final Frames frames;

    FeaturePages(FeatureCatalogue catalogue, SilentNow silent, Frames frames) {
        this.catalogue = catalogue;
        this.silent = silent;
        this.frames = frames;
    }

    /**
     * @param matching how many match the search
     * @param waiting how many of all wait for review
     * @param silences of sources, which may bring features that nobody sees meanwhile
     * @param problem why the last change was not made
     */
    public record View(
            List<Feature> features,
            int matching,
            int waiting,
            List<String> areas,
            String search,
            int page,
            int pages,
            boolean mayChange,
            List<String> silences,
            @Nullable String problem) {}

    @GetMapping("/usage/features")
    String list(
            Viewer viewer,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") String page,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, q, page, null, model);
    }

    @PostMapping("/usage/features/{id}")
    String review(
            Viewer viewer,
            @PathVariable int id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(defaultValue = "false") boolean hidden,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            var change = catalogue.review(viewer, id, new Wish(name, area, level, hidden));
            new Notice("The feature is reviewed.", change, null).leave(request);
            return "redirect:/usage/features";
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, "", "1", refused.getMessage(), model);
        }
    }

    private String show(Viewer viewer, String search, String page, @Nullable String problem, Model model) {
        List<Feature> all = catalogue.all();
        String sought = search.strip().toLowerCase(Locale.ROOT);
        List<Feature> matching = all.stream()
                .filter(feature -> feature.name().toLowerCase(Locale.ROOT).contains(sought)
                        || feature.said().toLowerCase(Locale.ROOT).contains(sought))
                .toList();
        int pages = Math.max(1, Math.ceilDiv(matching.size(), PAGE));
        int shown = Math.clamp(number(page), 1, pages);
        model.addAttribute(
                "frame", frames.frame("Features", AdoptionNavigation.ADOPTION).under("Adoption", "/adoption"));
        model.addAttribute(
                "view",
                new View(
                        matching.stream()
                                .skip((long) (shown - 1) * PAGE)
                                .limit(PAGE)
                                .toList(),
                        matching.size(),
                        (int) all.stream()
                                .filter(feature -> feature.reviewedAt() == null)
                                .count(),
                        all.stream()
                                .flatMap(feature -> Optional.ofNullable(feature.area()).stream())
                                .distinct()
                                .sorted()
                                .toList(),
                        search,
                        shown,
                        pages,
                        FeatureCatalogue.mayChange(viewer),
                        silent.sources(),
                        problem));
        return "usage/features";
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
