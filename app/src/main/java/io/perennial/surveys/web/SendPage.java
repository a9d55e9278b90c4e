package io.perennial.surveys.web;

import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.Tab;
import io.perennial.surveys.AskingWords;
import io.perennial.surveys.LeftOut;
import io.perennial.surveys.Survey;
import io.perennial.surveys.SurveyAnswers.Door;
import io.perennial.surveys.SurveyAnswers.Question;
import io.perennial.surveys.SurveyAudience;
import io.perennial.surveys.SurveyAudience.Forecast;
import io.perennial.surveys.SurveyAudience.Person;
import io.perennial.surveys.SurveyDefinitions;
import io.perennial.surveys.SurveyPreviews;
import io.perennial.surveys.SurveyPreviews.Preview;
import io.perennial.surveys.SurveyRefused;
import io.perennial.surveys.SurveyRounds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The letter as each of its readers gets it, whom it goes to, a test letter, and the button that sends. */
@Controller
public class SendPage {

    private static final int READERS = 50;

    private final SurveyDefinitions definitions;
    private final SurveyAudience audience;
    private final SurveyPreviews previews;
    private final SurveyRounds rounds;
    private final Frames frames;

    SendPage(
            SurveyDefinitions definitions,
            SurveyAudience audience,
            SurveyPreviews previews,
            SurveyRounds rounds,
            Frames frames) {
        this.definitions = definitions;
        this.audience = audience;
        this.previews = previews;
        this.rounds = rounds;
        this.frames = frames;
    }

    /** @param preview the letter to the chosen reader; to an invented one when nobody would be asked */
    public record View(
            Survey survey,
            Forecast forecast,
            List<Person> readers,
            Preview preview,
            boolean canAsk,
            boolean mayChange,
            String mail,
            @Nullable String problem,
            @Nullable Notice notice) {

        public String title() {
            if (survey.state() != Survey.State.DRAFT) {
                return survey.name() + ": the letter";
            }
            return forecast.asked() == 0
                    ? "Nobody would be asked today"
                    : forecast.asked() == 1
                            ? "One person would be asked today"
                            : String.format(
                                    java.util.Locale.ENGLISH, "%,d people would be asked today", forecast.asked());
        }

        public String address() {
            return "/surveys/" + survey.id() + "/send";
        }

        public String words(String reason) {
            return LeftOut.words(reason);
        }

        public List<Tab> tabs() {
            return SurveyPage.parts(survey, "send");
        }

        public List<AskingWords> languages() {
            return survey.texts().keySet().stream().map(AskingWords::in).toList();
        }

        public String schedule() {
            return switch (survey.schedule().when()) {
                case ONCE -> "Everybody is asked once, now.";
                case REPEAT ->
                    "From now on, everybody is asked every " + survey.schedule().everyMonths() + " months.";
                case AFTER ->
                    "From now on, people are asked " + survey.schedule().occasionDays() + " days after the event.";
            };
        }
    }

    @GetMapping("/surveys/{id}/send")
    String look(
            Viewer viewer,
            HttpServletRequest request,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID contact,
            Model model) {
        return show(viewer, id, contact, null, Notice.take(request), model);
    }

    private String show(
            Viewer viewer,
            UUID id,
            @Nullable UUID contact,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Survey survey = find(id);
        boolean draft = survey.state() == Survey.State.DRAFT;
        List<Person> readers = draft ? audience.sample(survey, READERS) : List.of();
        List<Person> own = readers.stream()
                .filter(person -> viewer.everything() || SurveyDefinitions.mayChange(survey, viewer))
                .toList();
        Person chosen = own.stream()
                .filter(person -> person.id().equals(contact))
                .findFirst()
                .orElse(own.isEmpty() ? null : own.getFirst());
        model.addAttribute(
                "frame",
                frames.frame("Letter", SurveyNavigation.SURVEYS)
                        .under(SurveyNavigation.SURVEYS, SurveyNavigation.ADDRESS)
                        .under(survey.name(), "/surveys/" + id));
        model.addAttribute(
                "view",
                new View(
                        survey,
                        draft ? audience.forecast(survey) : new Forecast(0, java.util.Map.of()),
                        own,
                        previews.letter(survey, chosen),
                        rounds.canAsk(),
                        SurveyDefinitions.mayChange(survey, viewer),
                        viewer.email(),
                        problem,
                        notice));
        return "surveys/send";
    }

    private Survey find(UUID id) {
        return definitions.find(id).orElseThrow(() -> new NoSuchElementException("There is no such survey."));
    }

    @PostMapping("/surveys/{id}/send")
    String send(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            Model model) {
        try {
            rounds.start(id, viewer, viewer.actor());
            new Notice("The letters are on their way. This page fills as answers come.", null, null).leave(request);
            return "redirect:/surveys/" + id;
        } catch (SurveyRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(viewer, id, null, e.getMessage(), null, model);
        }
    }

    @PostMapping("/surveys/{id}/test")
    String test(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "en") String language,
            Model model) {
        try {
            previews.test(id, language, viewer);
            new Notice("A test letter is on its way to " + viewer.email() + ". Its links answer nothing.", null, null)
                    .leave(request);
            return "redirect:/surveys/" + id + "/send";
        } catch (SurveyRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(viewer, id, null, e.getMessage(), null, model);
        }
    }

    /** The page that a reader sees, for colleagues; its button is for looking at. */
    @GetMapping("/surveys/{id}/page")
    String page(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "en") String language,
            @RequestParam(defaultValue = "") String score,
            Model model) {
        Survey survey = find(id);
        Survey.Texts texts = survey.in(language);
        String spoken = survey.spoken(language);
        Question question = new Question(
                Door.OPEN, spoken, survey.kind(), texts.question(), texts.followUp(), survey.anonymous(), null, null);
        model.addAttribute("view", QuestionPage.View.sample(question, score));
        return "surveys/question";
    }
}
