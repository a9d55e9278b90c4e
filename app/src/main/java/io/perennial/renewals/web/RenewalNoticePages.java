package io.perennial.renewals.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.renewals.NoticeRule;
import io.perennial.renewals.NoticeRule.Rule;
import io.perennial.renewals.NoticeRule.Trial;
import io.perennial.renewals.Notices;
import io.perennial.renewals.Notices.Draft;
import io.perennial.renewals.Paper;
import io.perennial.renewals.Renewal;
import io.perennial.renewals.RenewalRefused;
import io.perennial.renewals.RenewalWork;
import io.perennial.renewals.Renewals;
import io.perennial.renewals.Step;
import io.perennial.renewals.Templates;
import io.perennial.renewals.Templates.Template;
import io.perennial.renewals.Worker;
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

/** Letters about a renewal, as each reader will get them; and by which rule and in which words they leave. */
@Controller
public class RenewalNoticePages {

    private final Renewals renewals;
    private final Notices notices;
    private final NoticeRule rule;
    private final Templates templates;
    private final Frames frames;
    private final Clock clock;

    RenewalNoticePages(
            Renewals renewals, Notices notices, NoticeRule rule, Templates templates, Frames frames, Clock clock) {
        this.renewals = renewals;
        this.notices = notices;
        this.rule = rule;
        this.templates = templates;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param refused why this letter is not due; null when it can be sent */
    public record View(
            Renewal renewal,
            Step step,
            List<Draft> drafts,
            String seen,
            @Nullable String refused,
            @Nullable String problem,
            boolean mayWork,
            LocalDate today) {

        public long readers() {
            return drafts.stream().filter(Draft::canBeSent).count();
        }

        public boolean canBeSent() {
            return mayWork && refused == null && renewal.isOpen() && readers() > 0;
        }

        public List<Step> steps() {
            return List.of(Step.values());
        }

        public String languageName(String language) {
            return Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
        }
    }

    public record Settings(
            Rule rule,
            Trial trial,
            List<Template> templates,
            @Nullable Template typed,
            @Nullable String problem,
            boolean maySet,
            @Nullable Notice notice) {

        public String languageName(String language) {
            return Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
        }

        /** What was typed and refused stays. */
        public Template shown(Template template) {
            return typed != null
                            && typed.paper() == template.paper()
                            && typed.language().equals(template.language())
                    ? typed
                    : template;
        }
    }

    @GetMapping("/renewals/{id}/notice")
    String preview(Viewer viewer, @PathVariable UUID id, @RequestParam(defaultValue = "") String step, Model model) {
        return show(viewer, id, step, null, model);
    }

    @PostMapping("/renewals/{id}/notice")
    String send(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String step,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        Step chosen = Step.find(step).orElseThrow(() -> new NoSuchElementException("There is no such letter."));
        try {
            int sent = notices.send(id, chosen, seen, Worker.of(viewer));
            new Notice(sent == 1 ? "One letter is on its way." : sent + " letters are on their way.", null, null)
                    .leave(request);
            return "redirect:/renewals/" + id;
        } catch (RenewalRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, id, step, e.getMessage(), model);
        }
    }

    @GetMapping("/renewals/settings")
    String settings(Viewer viewer, HttpServletRequest request, Model model) {
        return settings(viewer, null, null, Notice.take(request), model);
    }

    @PostMapping("/renewals/settings/rule")
    String rule(
            Viewer viewer,
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean notices,
            @RequestParam(defaultValue = "false") boolean reminders) {
        UUID change = rule.set(notices, reminders, viewer);
        if (change != null) {
            new Notice(
                            notices
                                    ? "Notices leave by themselves from now on."
                                    : reminders
                                            ? "Reminders leave by themselves from now on."
                                            : "No letter leaves by itself any more.",
                            change,
                            null)
                    .leave(request);
        }
        return "redirect:/renewals/settings";
    }

    @PostMapping("/renewals/settings/texts")
    String text(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam String step,
            @RequestParam String language,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "false") boolean shipped,
            Model model) {
        Paper chosen = Paper.find(step).orElseThrow(() -> new NoSuchElementException("There is no such text."));
        try {
            UUID change = templates.set(chosen, language, subject, shipped ? "" : body, viewer);
            if (change != null) {
                new Notice("The text is saved.", change, null).leave(request);
            }
            return "redirect:/renewals/settings#texts";
        } catch (RenewalRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return settings(viewer, new Template(chosen, language, subject, body, true), e.getMessage(), null, model);
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private String show(Viewer viewer, UUID id, String step, @Nullable String problem, Model model) {
        Renewal renewal = renewals.find(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such renewal in your portfolio."));
        Step next = notices.next(renewal);
        Step chosen = Step.find(step).orElse(next == null ? Step.NOTICE : next);
        List<Draft> drafts = notices.drafts(renewal, chosen);
        model.addAttribute(
                "frame",
                frames.frame(chosen.title(), RenewalNavigation.RENEWALS)
                        .under("Renewals", RenewalNavigation.ADDRESS)
                        .under(renewal.accountName(), renewal.address()));
        model.addAttribute(
                "view",
                new View(
                        renewal,
                        chosen,
                        drafts,
                        Notices.seen(drafts),
                        notices.refused(renewal, chosen),
                        problem,
                        RenewalWork.mayWork(viewer),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        return "renewals/notice";
    }

    private String settings(
            Viewer viewer, @Nullable Template typed, @Nullable String problem, @Nullable Notice notice, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Letters and rules", RenewalNavigation.RENEWALS)
                        .under("Renewals", RenewalNavigation.ADDRESS));
        model.addAttribute(
                "view",
                new Settings(
                        rule.rule(), rule.trial(), templates.all(), typed, problem, NoticeRule.maySet(viewer), notice));
        return "renewals/settings";
    }
}
