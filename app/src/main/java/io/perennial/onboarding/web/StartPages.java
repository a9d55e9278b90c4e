package io.perennial.onboarding.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.onboarding.OnboardingWork;
import io.perennial.onboarding.OnboardingWork.Started;
import io.perennial.onboarding.Refused;
import io.perennial.onboarding.Templates;
import io.perennial.onboarding.Templates.Template;
import io.perennial.onboarding.Worker;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
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

/** Starts an onboarding by hand, from the account. */
@Controller
public class StartPages {

    private final OnboardingWork work;
    private final Templates templates;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    StartPages(OnboardingWork work, Templates templates, Accounts accounts, Frames frames, Clock clock) {
        this.work = work;
        this.templates = templates;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    public record View(
            AccountCard account,
            List<Template> templates,
            String chosen,
            String startedOn,
            @Nullable String problem) {}

    @GetMapping("/accounts/{id}/onboarding")
    String form(Viewer viewer, @PathVariable UUID id, Model model) {
        return show(viewer, id, "", today().toString(), null, model);
    }

    @PostMapping("/accounts/{id}/onboarding")
    String start(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String startedOn,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            Started started = work.start(new AccountId(id), chosen(template), day(startedOn), Worker.of(viewer));
            new Notice("It has started.", started.change(), null).leave(request);
            return "redirect:/onboardings/" + started.id();
        } catch (Refused refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, id, template, startedOn, refused.why(), model);
        }
    }

    private String show(
            Viewer viewer, UUID id, String template, String startedOn, @Nullable String problem, Model model) {
        AccountCard account = accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
        model.addAttribute(
                "frame",
                frames.frame("Start an onboarding", OnboardingNavigation.ONBOARDING)
                        .under(account.name(), "/accounts/" + id));
        model.addAttribute("view", new View(account, templates.all(), template, startedOn, problem));
        return "onboarding/start";
    }

    private static UUID chosen(String template) {
        try {
            return UUID.fromString(template);
        } catch (IllegalArgumentException e) {
            throw new Refused("Choose a template.");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("Choose the day on which it starts.");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
