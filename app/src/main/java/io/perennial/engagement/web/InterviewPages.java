package io.perennial.engagement.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.accounts.Contact;
import io.perennial.engagement.TouchpointForm;
import io.perennial.engagement.interviews.Interview;
import io.perennial.engagement.interviews.InterviewForm;
import io.perennial.engagement.interviews.InterviewRows;
import io.perennial.engagement.interviews.InterviewRows.Before;
import io.perennial.engagement.interviews.Interviews;
import io.perennial.engagement.interviews.Questionnaire;
import io.perennial.engagement.interviews.Questionnaires;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Holds interviews and reads them. */
@Controller
public class InterviewPages {

    private final Interviews interviews;
    private final InterviewRows rows;
    private final Questionnaires questionnaires;
    private final Accounts accounts;
    private final Frames frames;

    InterviewPages(
            Interviews interviews,
            InterviewRows rows,
            Questionnaires questionnaires,
            Accounts accounts,
            Frames frames) {
        this.interviews = interviews;
        this.rows = rows;
        this.questionnaires = questionnaires;
        this.accounts = accounts;
        this.frames = frames;
    }

    /** @param next address of the next page; null on the last */
    public record ListView(
            List<Interview> interviews,
            boolean first,
            @Nullable String next,
            boolean mayWork,
            @Nullable Notice notice) {

        public List<Tab> tabs() {
            return EngagementNavigation.interviewTabs("/interviews");
        }
    }

    /** @param known null for a new one */
    public record FormView(
            AccountCard account,
            @Nullable Interview known,
            String questionnaire,
            List<String> names,
            Questionnaire asked,
            List<Contact> contacts,
            InterviewForm form,
            @Nullable Interview before) {

        public List<String> moods() {
            return TouchpointForm.MOODS;
        }

        public String action() {
            return known == null ? "/interviews" : "/interviews/" + known.id();
        }

        /** What this customer answered the last time. */
        public @Nullable String earlier(String question) {
            Interview.Answer answer = before == null ? null : before.answer(question);
            if (before == null || answer == null) {
                return null;
            }
            String score = answer.score() == null ? "" : answer.score() + " of 5. ";
            return before.heldOn() + ": " + score + Objects.requireNonNullElse(answer.body(), "");
        }
    }

    /** @param before the interview before this one with the same customer; null when it is the first */
    public record View(
            Interview interview,
            Questionnaire asked,
            @Nullable Interview before,
            boolean mayWork,
            @Nullable Notice notice) {}

    @GetMapping("/interviews")
    String list(
            Viewer viewer, HttpServletRequest request, @RequestParam(defaultValue = "") String before, Model model) {
        Before from = before(before);
        List<Interview> found = rows.list(null, "", from, InterviewRows.PAGE + 1, viewer);
        boolean more = found.size() > InterviewRows.PAGE;
        List<Interview> shown = more ? found.subList(0, InterviewRows.PAGE) : found;
        model.addAttribute("frame", frames.frame("Interviews", EngagementNavigation.INTERVIEWS));
        model.addAttribute(
                "view",
                new ListView(
                        shown,
                        from == null,
                        more
                                ? "/interviews?before="
                                        + cursor(
                                                shown.getLast().heldOn(),
                                                shown.getLast().id())
                                : null,
                        viewer.role().mayWork(),
                        Notice.take(request)));
        return "engagement/interviews";
    }

    @GetMapping("/interviews/new")
    String fresh(
            Viewer viewer,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String questionnaire,
            Model model) {
        AccountCard card = account(account, viewer);
        return form(card, null, questionnaire, InterviewForm.empty(), viewer, model);
    }

    @PostMapping("/interviews")
    String keep(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Map<String, String> typed,
            Model model) {
        AccountCard card = account(Objects.requireNonNullElse(typed.get("account"), ""), viewer);
        String questionnaire = Objects.requireNonNullElse(typed.get("questionnaire"), "");
        InterviewForm form = new InterviewForm(typed, 0, null);
        try {
            Interviews.Kept kept = interviews.keep(card.id(), null, questionnaire, form, viewer);
            new Notice("The interview is kept and counts as a conversation.", kept.change(), null).leave(request);
            return "redirect:/interviews/" + kept.interview();
        } catch (Interviews.NotKept problem) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return form(card, null, questionnaire, form.with(String.valueOf(problem.getMessage())), viewer, model);
        }
    }

    @GetMapping("/interviews/{id}")
    String show(@PathVariable UUID id, Viewer viewer, HttpServletRequest request, Model model) {
        Interview interview = find(id, viewer);
        model.addAttribute(
                "frame",
                frames.frame(interview.accountName() + ", " + interview.heldOn(), EngagementNavigation.INTERVIEWS)
                        .under("Interviews", "/interviews"));
        model.addAttribute(
                "view",
                new View(
                        interview,
                        asked(interview),
                        earlier(interview.account(), interview.heldOn(), id, viewer),
                        viewer.role().mayWork(),
                        Notice.take(request)));
        return "engagement/interview";
    }

    @GetMapping("/interviews/{id}/edit")
    String edit(@PathVariable UUID id, Viewer viewer, Model model) {
        Interview interview = find(id, viewer);
        AccountCard card = account(interview.account().toString(), viewer);
        return form(card, interview, interview.questionnaire(), InterviewForm.of(interview), viewer, model);
    }

    @PostMapping("/interviews/{id}")
    String change(
            @PathVariable UUID id,
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Map<String, String> typed,
            Model model) {
        Interview interview = find(id, viewer);
        AccountCard card = account(interview.account().toString(), viewer);
        String seen = Objects.requireNonNullElse(typed.get("seen"), "");
        InterviewForm form = new InterviewForm(typed, seen.matches("[0-9]{1,8}") ? Integer.parseInt(seen) : 0, null);
        try {
            Interviews.Kept kept = interviews.keep(card.id(), id, interview.questionnaire(), form, viewer);
            new Notice("The interview is kept.", kept.change(), null).leave(request);
            return "redirect:/interviews/" + id;
        } catch (Interviews.NotKept problem) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return form(
                    card,
                    interview,
                    interview.questionnaire(),
                    form.with(String.valueOf(problem.getMessage())),
                    viewer,
                    model);
        }
    }

    private String form(
            AccountCard card,
            @Nullable Interview known,
            String questionnaire,
            InterviewForm form,
            Viewer viewer,
            Model model) {
        List<Questionnaires.Version> all = questionnaires.inForce();
        Questionnaires.Version chosen = all.stream()
                .filter(one -> one.name().equals(questionnaire))
                .findFirst()
                .orElse(all.getFirst());
        model.addAttribute(
                "frame",
                frames.frame("Interview with " + card.name(), EngagementNavigation.INTERVIEWS)
                        .under("Interviews", "/interviews"));
        model.addAttribute(
                "view",
                new FormView(
                        card,
                        known,
                        chosen.name(),
                        all.stream().map(Questionnaires.Version::name).toList(),
                        known == null ? chosen.read() : asked(known),
                        accounts.contacts(card.id()),
                        form,
                        known == null
                                ? rows.of(card.id(), 1, viewer).stream()
                                        .findFirst()
                                        .orElse(null)
                                : earlier(card.id(), known.heldOn(), known.id(), viewer)));
        return "engagement/interviewForm";
    }

    private Questionnaire asked(Interview interview) {
        Integer version = interview.questionnaireVersion();
        return questionnaires
                .version(interview.questionnaire(), version == null ? 0 : version)
                .or(() -> questionnaires.inForce(interview.questionnaire()))
                .map(Questionnaires.Version::read)
                .orElseGet(() -> new Questionnaire(interview.answers().stream()
                        .map(answer -> new Questionnaire.Question(
                                answer.question(), "", answer.question(), "", answer.score() != null))
                        .toList()));
    }

    private @Nullable Interview earlier(AccountId account, LocalDate heldOn, UUID id, Viewer viewer) {
        return rows.list(account, "", new Before(heldOn, id), 1, viewer).stream()
                .findFirst()
                .flatMap(one -> rows.find(one.id(), viewer))
                .orElse(null);
    }

    private Interview find(UUID id, Viewer viewer) {
        return rows.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private AccountCard account(String id, Viewer viewer) {
        if (!id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return accounts.find(new AccountId(UUID.fromString(id)), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    static String cursor(LocalDate day, UUID id) {
        return day + "~" + id;
    }

    static @Nullable Before before(String text) {
        if (!text.matches("[0-9]{4}-[01][0-9]-[0-3][0-9]~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return null;
        }
        try {
            return new Before(LocalDate.parse(text.substring(0, 10)), UUID.fromString(text.substring(11)));
        } catch (java.time.format.DateTimeParseException none) {
            return null;
        }
    }
}
