package io.perennial.cancellations.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.cancellations.AccountLosses;
import io.perennial.cancellations.CannotRecord;
import io.perennial.cancellations.ExitSurvey;
import io.perennial.cancellations.ExitSurvey.Preview;
import io.perennial.cancellations.ExitSurvey.Reader;
import io.perennial.cancellations.ExitSurvey.Sent;
import io.perennial.cancellations.Interviews;
import io.perennial.cancellations.Interviews.Interview;
import io.perennial.contracts.ReasonCategory.Family;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
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

/** Asking why somebody left: the letter with its preview, and the conversation with its questions. */
@Controller
public class AskPage {

    private static final String SURVEY = "/accounts/{id}/cancellations/{loss}/survey";
    private static final String INTERVIEW = "/accounts/{id}/cancellations/{loss}/interview";

    private final ExitSurvey survey;
    private final Interviews interviews;
    private final AccountLosses losses;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    AskPage(
            ExitSurvey survey,
            Interviews interviews,
            AccountLosses losses,
            Accounts accounts,
            Frames frames,
            Clock clock) {
        this.survey = survey;
        this.interviews = interviews;
        this.losses = losses;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param preview the letter to the chosen reader; null when nobody can be asked */
    public record SurveyView(
            AccountCard card,
            AccountLosses.Recorded loss,
            List<Reader> readers,
            @Nullable Preview preview,
            List<Sent> sent,
            boolean canAsk,
            boolean mayWork,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String address() {
            return "/accounts/" + card.id() + "/cancellations/" + loss.id() + "/survey";
        }
    }

    /** @param answers as they stand or were typed, by column */
    public record InterviewView(
            AccountCard card,
            AccountLosses.Recorded loss,
            int seen,
            String heldOn,
            String contact,
            String reason,
            Map<String, String> answers,
            boolean finished,
            Map<String, String> people,
            boolean mayWork,
            String field,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String address() {
            return "/accounts/" + card.id() + "/cancellations/" + loss.id() + "/interview";
        }

        public List<Interviews.Question> questions() {
            return Interviews.QUESTIONS;
        }

        public List<Family> families() {
            return List.of(Family.values());
        }

        public @Nullable String problemOf(String name) {
            return field.equals(name) ? problem : null;
        }
    }

    @GetMapping(SURVEY)
    String survey(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @PathVariable UUID loss,
            @RequestParam(defaultValue = "") String contact,
            Model model) {
        return survey(viewer, id, loss, contact, null, Notice.take(request), model);
    }

    private String survey(
            Viewer viewer,
            UUID id,
            UUID loss,
            String contact,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        AccountCard card = card(id, viewer);
        AccountLosses.Recorded about = about(card, loss);
        List<Reader> readers = survey.readers(card);
        Reader chosen = readers.stream()
                .filter(one -> one.id().toString().equals(contact))
                .findFirst()
                .orElse(readers.isEmpty() ? null : readers.getFirst());
        model.addAttribute("frame", frame("Exit survey", card));
        model.addAttribute(
                "view",
                new SurveyView(
                        card,
                        about,
                        readers,
                        chosen == null ? null : ExitSurvey.preview(chosen),
                        survey.sent(loss),
                        survey.canAsk(),
                        viewer.role().mayWork(),
                        problem,
                        notice));
        return "cancellations/survey";
    }

    @PostMapping(SURVEY)
    String send(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @PathVariable UUID loss,
            @RequestParam UUID contact,
            @RequestParam(defaultValue = "false") boolean again,
            Model model) {
        try {
            survey.send(card(id, viewer).id(), loss, contact, again, viewer);
            new Notice("The letter is on its way. This page says what became of it.", null, null).leave(request);
            return "redirect:/accounts/" + id + "/cancellations/" + loss + "/survey";
        } catch (CannotRecord e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return survey(viewer, id, loss, contact.toString(), e.getMessage(), null, model);
        }
    }

    @GetMapping(INTERVIEW)
    String interview(
            Viewer viewer, HttpServletRequest request, @PathVariable UUID id, @PathVariable UUID loss, Model model) {
        AccountCard card = card(id, viewer);
        AccountLosses.Recorded about = about(card, loss);
        Interview known = interviews.of(loss).orElse(null);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        model.addAttribute("frame", frame("Exit interview", card));
        model.addAttribute(
                "view",
                new InterviewView(
                        card,
                        about,
                        known == null ? 0 : known.version(),
                        (known == null ? today : known.heldOn()).toString(),
                        known == null || known.contact() == null
                                ? ""
                                : known.contact().toString(),
                        known == null ? "" : Objects.requireNonNullElse(known.reason(), ""),
                        known == null ? Map.of() : known.answers(),
                        known != null && known.finished(),
                        people(card),
                        viewer.role().mayWork(),
                        "",
                        null,
                        Notice.take(request)));
        return "cancellations/interview";
    }

    @PostMapping(INTERVIEW)
    String keep(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @PathVariable UUID loss,
            @RequestParam(defaultValue = "0") int seen,
            @RequestParam Map<String, String> typed,
            Model model) {
        AccountCard card = card(id, viewer);
        AccountLosses.Recorded about = about(card, loss);
        try {
            UUID change = interviews.keep(card.id(), loss, seen, typed, viewer);
            new Notice(
                            typed.containsKey("finished")
                                    ? "The interview is kept and finished."
                                    : "The interview is kept as far as it is.",
                            change,
                            null)
                    .leave(request);
            return "redirect:/accounts/" + id + "/cancellations/" + loss + "/interview";
        } catch (CannotRecord e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("frame", frame("Exit interview", card));
            model.addAttribute(
                    "view",
                    new InterviewView(
                            card,
                            about,
                            interviews.of(loss).map(Interview::version).orElse(0),
                            said(typed, "heldOn"),
                            said(typed, "contact"),
                            said(typed, "reason"),
                            typed,
                            typed.containsKey("finished"),
                            people(card),
                            true,
                            e.field(),
                            e.getMessage(),
                            null));
            return "cancellations/interview";
        }
    }

    private static String said(Map<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.get(name), "");
    }

    private Map<String, String> people(AccountCard card) {
        Map<String, String> people = new LinkedHashMap<>();
        accounts.contacts(card.id()).forEach(person -> people.put(person.id().toString(), person.name()));
        return people;
    }

    private Frame frame(String title, AccountCard card) {
        return frames.frame(title, "Accounts")
                .under("Accounts", "/accounts")
                .under(card.name(), "/accounts/" + card.id() + "?tab=contracts");
    }

    private AccountCard card(UUID id, Viewer viewer) {
        return accounts.find(new AccountId(id), viewer).orElseThrow(AskPage::none);
    }

    private AccountLosses.Recorded about(AccountCard card, UUID loss) {
        return losses.find(card.id(), loss).orElseThrow(AskPage::none);
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
