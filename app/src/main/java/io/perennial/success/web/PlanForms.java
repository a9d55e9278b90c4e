package io.perennial.success.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import io.perennial.success.OutcomeDraft;
import io.perennial.success.OutcomeWork;
import io.perennial.success.PlanDraft;
import io.perennial.success.PlanTasks;
import io.perennial.success.PlanWork;
import io.perennial.success.ProgressLetters;
import io.perennial.success.SuccessRefused;
import io.perennial.success.web.PlanPage.Typed;
import jakarta.servlet.http.HttpServletRequest;
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
import org.springframework.ui.Model;
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
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String blueprint,
            @RequestParam Map<String, String> form,
            Model model) {
        AccountCard card = Ids.read(account)
                .flatMap(id -> accounts.find(new AccountId(id), viewer))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        PlanDraft draft = plan(form);
        try {
            PlanWork.Begun begun = work.create(card.id(), draft, key, blueprint, viewer);
            if (begun.change() != null) {
                new Notice("The plan runs. Say what is measured.", begun.change(), null).leave(request);
            }
            return "redirect:/success-plans/" + begun.plan();
        } catch (SuccessRefused e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page.form(card, draft, blueprint, key, e.getMessage(), model);
        }
    }

    /** Carries what a form's answer needs. */
    private record Turn(
            Viewer viewer, HttpServletRequest request, HttpServletResponse response, UUID plan, Model model) {}

    private String after(
            Turn turn,
            String said,
            @Nullable PlanDraft plan,
            @Nullable OutcomeDraft outcome,
            Supplier<@Nullable UUID> verb) {
        try {
            UUID change = verb.get();
            if (change != null) {
                new Notice(said, change, null).leave(turn.request());
            }
            return "redirect:/success-plans/" + turn.plan();
        } catch (SuccessRefused | IllegalArgumentException e) {
            turn.response().setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page.show(
                    turn.viewer(),
                    turn.plan(),
                    new Typed(plan, outcome, String.valueOf(e.getMessage())),
                    null,
                    turn.model());
        }
    }

    @PostMapping(PLAN)
    String edit(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam Map<String, String> form,
            Model model) {
        PlanDraft draft = plan(form);
        return after(
                new Turn(viewer, request, response, id, model),
                "It is saved.",
                draft,
                null,
                () -> work.edit(id, seen, draft, viewer));
    }

    @PostMapping(PLAN + "/state")
    String state(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String result,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                state.equals("closed") ? "The plan is closed." : "The plan is " + state + ".",
                null,
                null,
                () -> work.state(id, state, result, viewer));
    }

    @PostMapping(PLAN + "/outcomes")
    String add(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam Map<String, String> form,
            Model model) {
        OutcomeDraft draft = outcome(form);
        return after(
                new Turn(viewer, request, response, id, model),
                "The outcome is added.",
                null,
                draft,
                () -> outcomes.add(id, draft, viewer));
    }

    @PostMapping(PLAN + "/outcomes/{outcome}")
    String change(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @PathVariable UUID outcome,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam Map<String, String> form,
            Model model) {
        OutcomeDraft draft = outcome(form);
        return after(
                new Turn(viewer, request, response, id, model),
                "The outcome is saved.",
                null,
                null,
                () -> outcomes.edit(id, outcome, seen, draft, viewer));
    }

    @PostMapping(PLAN + "/outcomes/{outcome}/actual")
    String actual(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @PathVariable UUID outcome,
            @RequestParam(defaultValue = "") String actual,
            @RequestParam(defaultValue = "") String on,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "It is kept.",
                null,
                null,
                () -> outcomes.record(id, outcome, actual, on, viewer));
    }

    @PostMapping(PLAN + "/outcomes/{outcome}/removal")
    String remove(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @PathVariable UUID outcome,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "The outcome is out of the plan.",
                null,
                null,
                () -> outcomes.remove(id, outcome, viewer));
    }

    @PostMapping(PLAN + "/features")
    String features(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable List<String> feature,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "These features are watched now.",
                null,
                null,
                () -> work.features(id, feature == null ? List.of() : feature, viewer));
    }

    @PostMapping(PLAN + "/stakeholders")
    String stakeholder(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String role,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "They have a part in it.",
                null,
                null,
                () -> work.addStakeholder(id, contact, role, viewer));
    }

    @PostMapping(PLAN + "/stakeholders/{row}/removal")
    String withoutStakeholder(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @PathVariable UUID row,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "They are out of the plan.",
                null,
                null,
                () -> work.removeStakeholder(id, row, viewer));
    }

    @PostMapping(PLAN + "/impact")
    String impact(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String by,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String words,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "It is kept.",
                null,
                null,
                () -> work.perceived(id, impact, contact, by, on, words, viewer));
    }

    @PostMapping(PLAN + "/tasks")
    String task(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String dueOn,
            @RequestParam(defaultValue = "") String owner,
            Model model) {
        return after(
                new Turn(viewer, request, response, id, model),
                "The task is added.",
                null,
                null,
                () -> tasks.add(id, title, dueOn, owner, viewer));
    }

    @PostMapping(PLAN + "/ask")
    String ask(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String key,
            Model model) {
        return after(new Turn(viewer, request, response, id, model), "", null, null, () -> {
            UUID reader = Ids.read(contact)
                    .orElseThrow(
                            () -> new IllegalArgumentException("Choose somebody of the customer who has an address."));
            letters.ask(id, reader, key, viewer);
            new Notice("The letter is on its way.", null, null).leave(request);
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
