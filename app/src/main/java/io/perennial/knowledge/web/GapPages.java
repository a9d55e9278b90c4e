package io.perennial.knowledge.web;

import io.perennial.identity.Viewer;
import io.perennial.knowledge.Articles;
import io.perennial.knowledge.Deflection;
import io.perennial.knowledge.Gaps;
import io.perennial.knowledge.Gaps.Gap;
import io.perennial.knowledge.SelfService;
import io.perennial.platform.web.Frames;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What people looked for in vain, and how many cases self-service kept from being needed. */
@Controller
public class GapPages {

    private static final int MOST = 50;

    private final Gaps gaps;
    private final SelfService selfService;
    private final KnowledgeTabs tabs;
    private final Frames frames;

    GapPages(Gaps gaps, SelfService selfService, KnowledgeTabs tabs, Frames frames) {
        this.gaps = gaps;
        this.selfService = selfService;
        this.tabs = tabs;
        this.frames = frames;
    }

    public record View(List<Gap> gaps, int days, SelfService.Figure deflection, String definition, boolean mayWrite) {}

    @GetMapping("/knowledge/gaps")
    String gaps(Viewer viewer, Model model) {
        model.addAttribute(
                "frame", frames.frame("Gaps", KnowledgeNavigation.KNOWLEDGE).under("Knowledge", "/knowledge"));
        model.addAttribute("tabs", tabs.on("gaps"));
        model.addAttribute(
                "view",
                new View(
                        gaps.list(MOST),
                        Gaps.DAYS,
                        selfService.deflection(Gaps.DAYS),
                        Deflection.DEFINITION,
                        Articles.mayWrite(viewer)));
        return "knowledge/gaps";
    }
}
