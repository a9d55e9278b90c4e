package io.perennial.onboarding.web;

import io.perennial.identity.Viewer;
import io.perennial.onboarding.Condition;
import io.perennial.onboarding.Plan;
import io.perennial.onboarding.PlanProblem;
import io.perennial.onboarding.PlanText;
import io.perennial.onboarding.Templates;
import io.perennial.onboarding.Templates.Saved;
import io.perennial.onboarding.Templates.Template;
import io.perennial.onboarding.Templates.Version;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How onboardings should go: looked at as a table, written as a form or as a text. */
@Controller
public class TemplatePages {

    private final Templates templates;
    private final Frames frames;

    TemplatePages(Templates templates, Frames frames) {
        this.templates = templates;
        this.frames = frames;
    }

    public record ListView(
            List<Tab> tabs,
            List<Template> templates,
            boolean mayChange,
            @Nullable Notice notice) {}

    /** @param shown the version that is looked at */
    public record View(
            Template template,
            Plan plan,
            int shown,
            List<Version> versions,
            boolean mayChange,
            @Nullable Notice notice) {}

    /** @param id null for a new one @param fields null when it is written as a text */
    public record Edit(
            @Nullable UUID id, String text, @Nullable TemplateForm fields, List<String> problems, String forms) {

        public String address() {
            return id == null ? "/onboardings/templates" : "/onboardings/templates/" + id;
        }
    }

    @GetMapping("/onboardings/templates")
    String list(Viewer viewer, HttpServletRequest request, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Onboarding templates", OnboardingNavigation.ONBOARDING)
                        .under("Onboarding", OnboardingNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new ListView(
                        OnboardingNavigation.tabs("templates"),
                        templates.all(),
                        Templates.mayChange(viewer.role()),
                        Notice.take(request)));
        return "onboarding/templates";
    }

    @GetMapping("/onboardings/templates/{id}")
    String one(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            HttpServletRequest request,
            Model model) {
        Template template = found(id);
        int shown = version < 1 ? template.number() : version;
        String body =
                templates.body(id, shown).orElseThrow(() -> new NoSuchElementException("There is no such version."));
        model.addAttribute("frame", frame(template.name()));
        model.addAttribute(
                "view",
                new View(
                        template,
                        PlanText.parse(body),
                        shown,
                        templates.versions(id),
                        Templates.mayChange(viewer.role()),
                        Notice.take(request)));
        return "onboarding/template";
    }

    @GetMapping("/onboardings/templates/new")
    String fresh(@RequestParam(defaultValue = "form") String as, Model model) {
        return edit(null, Templates.shipped(), as.equals("text"), List.of(), model);
    }

    @GetMapping("/onboardings/templates/{id}/edit")
    String change(@PathVariable UUID id, @RequestParam(defaultValue = "form") String as, Model model) {
        return edit(id, found(id).body(), as.equals("text"), List.of(), model);
    }

    @PostMapping("/onboardings/templates")
    String create(Viewer viewer, HttpServletRequest request, HttpServletResponse response, Model model) {
        return save(null, viewer, request, response, model);
    }

    @PostMapping("/onboardings/templates/{id}")
    String update(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        found(id);
        return save(id, viewer, request, response, model);
    }

    @PostMapping("/onboardings/templates/{id}/rest")
    String rest(Viewer viewer, @PathVariable UUID id, @RequestParam boolean resting, HttpServletRequest request) {
        UUID change = templates.rest(id, resting, viewer.actor());
        if (change != null) {
            new Notice(resting ? "It starts nothing by itself." : "It starts by itself again.", change, null)
                    .leave(request);
        }
        return "redirect:/onboardings/templates/" + id;
    }

    private String save(
            @Nullable UUID id, Viewer viewer, HttpServletRequest request, HttpServletResponse response, Model model) {
        String text = request.getParameter("text");
        String body = text != null ? text : TemplateForm.text(request.getParameterMap());
        try {
            Saved saved = templates.save(id, body, viewer.actor());
            if (saved.change() != null) {
                new Notice("Saved as version " + saved.template().number() + ".", saved.change(), null).leave(request);
            }
            return "redirect:/onboardings/templates/" + saved.template().id();
        } catch (PlanProblem problem) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return edit(id, body, true, problem.problems(), model);
        }
    }

    /** What cannot be read is shown as the text that it is, so that nothing typed is lost. */
    private String edit(@Nullable UUID id, String text, boolean asText, List<String> problems, Model model) {
        TemplateForm fields = asText ? null : TemplateForm.of(PlanText.parse(text));
        model.addAttribute("frame", frame(id == null ? "New template" : "Change the template"));
        model.addAttribute("view", new Edit(id, text, fields, problems, Condition.FORMS));
        return "onboarding/templateEdit";
    }

    private io.perennial.platform.web.Frame frame(String title) {
        return frames.frame(title, OnboardingNavigation.ONBOARDING)
                .under("Onboarding templates", "/onboardings/templates");
    }

    private Template found(UUID id) {
        return templates.find(id).orElseThrow(() -> new NoSuchElementException("There is no such template."));
    }
}
