package io.perennial.usage.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.usage.FeatureCatalogue;
import io.perennial.usage.PortfolioAdoption;
import io.perennial.usage.PortfolioQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who does not use what they pay for. */
@Controller
public class AdoptionPage {

    private final PortfolioAdoption adoption;
    private final FeatureCatalogue catalogue;
    private final Frames frames;

    AdoptionPage(PortfolioAdoption adoption, FeatureCatalogue catalogue, Frames frames) {
        this.adoption = adoption;
        this.catalogue = catalogue;
        this.frames = frames;
    }

    @GetMapping("/adoption")
    String adoption(
            Viewer viewer,
            @RequestParam(defaultValue = "") String segment,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(defaultValue = "") String only,
            @RequestParam(defaultValue = "") String without,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String page,
            HttpServletRequest request,
            Model model) {
        PortfolioQuery query = PortfolioQuery.of(segment, owner, level, only, without, sort, page);
        model.addAttribute("frame", frames.frame("Adoption", AdoptionNavigation.ADOPTION));
        model.addAttribute("notice", Notice.take(request));
        model.addAttribute("query", query);
        model.addAttribute("view", adoption.of(query, viewer).orElse(null));
        model.addAttribute(
                "missing",
                query.without() == 0
                        ? ""
                        : catalogue.all().stream()
                                .filter(feature -> feature.id() == query.without())
                                .map(FeatureCatalogue.Feature::name)
                                .findFirst()
                                .orElse("feature " + query.without()));
        model.addAttribute("mayRenew", FeatureCatalogue.mayChange(viewer));
        return "usage/portfolio";
    }

    @PostMapping("/adoption/renewal")
    String renew(Viewer viewer, HttpServletRequest request) {
        new Notice("Adoption of all accounts is being computed.", null, adoption.renew(viewer)).leave(request);
        return "redirect:/adoption";
    }
}
