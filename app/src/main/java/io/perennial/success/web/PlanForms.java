package io.perennial.success.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.SentForm;
import io.perennial.shared.AccountId;
import io.perennial.success.OutcomeDraft;
import io.perennial.success.OutcomeWork;
import io.perennial.success.PlanDraft;
import io.perennial.success.PlanTasks;
import io.perennial.success.PlanWork;
import io.perennial.success.ProgressLetters;
import io.perennial.success.SuccessRefused;
import io.perennial.success.web.PlanPage.Typed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The forms of a success plan. What is refused is shown again as typed, with the reason. */
@Controller
public class PlanForms {

    private static final String PLAN = "/success-plans/{id}";

    private final PlanWork work;
    private final OutcomeWork outcomes;
    private final PlanTasks tasks;
    private final ProgressLetters letters;
    private final Accounts accounts;
    private final PlanPage page;

    PlanForms(
            PlanWork work,
            OutcomeWork outcomes,
            PlanTasks tasks,
            ProgressLetters letters,
            Accounts accounts,
            PlanPage page) {
        this.work = work;
        this.outcomes = outcomes;
        this.tasks = tasks;
        this.letters = letters;
        this.accounts = accounts;
        this.page = page;
    }

    @PostMapping("/success-plans")
    String create(
            Viewer viewer,
            SentForm sent,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String blueprint,
            @RequestParam Map<String, String> form) {
        AccountCard card = Ids.read(account)
                .flatMap(id -> accounts.find(new AccountId(id), viewer))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        PlanDraft draft = plan(form);
        try {
            PlanWork.Begun begun = work.create(card.id(), draft, key, blueprint, viewer);
            return sent.done("The plan runs. Say what is measured.", begun.change(), "/success-plans/" + begun.plan());
        } catch (SuccessRefused e) {
            return page.form(card, draft, blueprint, key, e.getMessage(), sent.refused());
        }
    }

    private String after(Viewer viewer, SentForm sent, UUID plan, String said, Supplier<@Nullable UUID> verb) {
        return after(viewer, sent, plan, null, null, said, verb);
    }

    private String after(
            Viewer viewer,
            SentForm sent,
            UUID plan,
            @Nullable PlanDraft draft,
            @Nullable OutcomeDraft outcome,
            String said,
            Supplier<@Nullable UUID> verb) {
        try {
            return sent.done(said, verb.get(), "/success-plans/" + plan);
        } catch (SuccessRefused | IllegalArgumentException e) {
            return page.show(
                    viewer, plan, new Typed(draft, outcome, String.valueOf(e.getMessage())), null, sent.refused());
        }
    }

    @PostMapping(PLAN)
    String edit(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam Map<String, String> form) {
        PlanDraft draft = plan(form);
        return after(viewer, sent, id, draft, null, "It is saved.", () -> work.edit(id, seen, draft, viewer));
    }

    @PostMapping(PLAN + "/state")
    String state(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String result) {
        return after(
                viewer,
                sent,
                id,
                state.equals("closed") ? "The plan is closed." : "The plan is " + state + ".",
                () -> work.state(id, state, result, viewer));
    }

    @PostMapping(PLAN + "/outcomes")
    String add(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam Map<String, String> form) {
        OutcomeDraft draft = outcome(form);
        return after(viewer, sent, id, null, draft, "The outcome is added.", () -> outcomes.add(id, draft, viewer));
    }

    @PostMapping(PLAN + "/outcomes/{outcome}")
    String change(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @PathVariable UUID outcome,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam Map<String, String> form) {
        OutcomeDraft draft = outcome(form);
        return after(viewer, sent, id, "The outcome is saved.", () -> outcomes.edit(id, outcome, seen, draft, viewer));
    }

    @PostMapping(PLAN + "/outcomes/{outcome}/actual")
    String actual(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @PathVariable UUID outcome,
            @RequestParam(defaultValue = "") String actual,
            @RequestParam(defaultValue = "") String on) {
        return after(viewer, sent, id, "It is kept.", () -> outcomes.record(id, outcome, actual, on, viewer));
    }

    @PostMapping(PLAN + "/outcomes/{outcome}/removal")
    String remove(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID outcome) {
        return after(viewer, sent, id, "The outcome is out of the plan.", () -> outcomes.remove(id, outcome, viewer));
    }

    @PostMapping(PLAN + "/features")
    String features(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable List<String> feature) {
        return after(
                viewer,
                sent,
                id,
                "These features are watched now.",
                () -> work.features(id, feature == null ? List.of() : feature, viewer));
    }

    @PostMapping(PLAN + "/stakeholders")
    String stakeholder(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String role) {
        return after(viewer, sent, id, "They have a part in it.", () -> work.addStakeholder(id, contact, role, viewer));
    }

    @PostMapping(PLAN + "/stakeholders/{row}/removal")
    String withoutStakeholder(Viewer viewer, SentForm sent, @PathVariable UUID id, @PathVariable UUID row) {
        return after(viewer, sent, id, "They are out of the plan.", () -> work.removeStakeholder(id, row, viewer));
    }

    @PostMapping(PLAN + "/impact")
    String impact(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String words) {
        return after(viewer, sent, id, "It is kept.", () -> work.perceived(id, impact, contact, by, on, words, viewer));
    }

    @PostMapping(PLAN + "/tasks")
    String task(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String dueOn,
            @RequestParam(defaultValue = "") String owner) {
        return after(viewer, sent, id, "The task is added.", () -> tasks.add(id, title, dueOn, owner, viewer));
    }

    @PostMapping(PLAN + "/ask")
    String ask(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String key) {
        return after(viewer, sent, id, "", () -> {
            UUID reader = Ids.read(contact)
                    .orElseThrow(
                            () -> new IllegalArgumentException("Choose somebody of the customer who has an address."));
            letters.ask(id, reader, key, viewer);
            sent.tell("The letter is on its way.");
            return null;
        });
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static PlanDraft plan(Map<String, String> form) {
        return new PlanDraft(
                form.getOrDefault("name", ""),
                form.getOrDefault("startsOn", ""),
                form.getOrDefault("endsOn", ""),
                form.getOrDefault("hours", ""),
                form.getOrDefault("hourCost", ""),
                form.getOrDefault("currency", ""),
                form.getOrDefault("note", ""),
                form.getOrDefault("owner", ""));
    }

    private static OutcomeDraft outcome(Map<String, String> form) {
        return new OutcomeDraft(
                form.getOrDefault("objective", ""),
                form.getOrDefault("name", ""),
                form.getOrDefault("unit", ""),
                form.getOrDefault("baseline", ""),
                form.getOrDefault("target", ""),
                form.getOrDefault("direction", ""),
                form.getOrDefault("weight", ""),
                form.getOrDefault("dueOn", ""),
                form.getOrDefault("measure", ""),
                form.getOrDefault("subject", ""),
                form.getOrDefault("value", ""),
                form.getOrDefault("currency", ""),
                form.getOrDefault("valueBasis", ""));
    }
}
