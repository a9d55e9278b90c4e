package io.perennial.defects.web;

import io.perennial.defects.Cause;
import io.perennial.defects.Causes;
import io.perennial.defects.Costs;
import io.perennial.defects.DefectRefused;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What causes there are, and what work on cases costs. */
@Controller
public class DefectSettingsPage {

    private final Causes causes;
    private final Costs costs;
    private final Frames frames;

    DefectSettingsPage(Causes causes, Costs costs, Frames frames) {
        this.causes = causes;
        this.costs = costs;
        this.frames = frames;
    }

    public record View(
            List<Cause> causes,
            String hour,
            String perCase,
            String currency,
            boolean mayChange,
            @Nullable String problem,
            @Nullable Notice notice) {}

    @GetMapping("/defects/settings")
    String settings(Viewer viewer, HttpServletRequest request, Model model) {
        return show(viewer, null, Notice.take(request), model);
    }

    @PostMapping("/defects/settings/causes")
    String cause(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String meaning,
            Model model) {
        return after(viewer, request, response, "The cause is added.", model, () -> causes.add(title, meaning, viewer));
    }

    @PostMapping("/defects/settings/rate")
    String rate(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String hour,
            @RequestParam(defaultValue = "") String perCase,
            @RequestParam(defaultValue = "") String currency,
            Model model) {
        return after(
                viewer,
                request,
                response,
                "Cost is counted with this from now on.",
                model,
                () -> costs.rate(hour, perCase, currency, viewer));
    }

    private String after(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            String said,
            Model model,
            Runnable verb) {
        try {
            verb.run();
            new Notice(said, null, null).leave(request);
            return "redirect:/defects/settings";
        } catch (DefectRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, e.getMessage(), null, model);
        }
    }

    private String show(Viewer viewer, @Nullable String problem, @Nullable Notice notice, Model model) {
        Costs.Rate rate = costs.rate().orElse(new Costs.Rate(null, null, ""));
        model.addAttribute(
                "frame",
                frames.frame("Causes and cost", DefectNavigation.DEFECTS).under("Defects", "/defects"));
        model.addAttribute(
                "view",
                new View(
                        causes.all(),
                        rate.hour() == null ? "" : rate.hour().toPlainString(),
                        rate.perCase() == null ? "" : rate.perCase().toPlainString(),
                        rate.currency(),
                        viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER,
                        problem,
                        notice));
        return "defects/settings";
    }
}
