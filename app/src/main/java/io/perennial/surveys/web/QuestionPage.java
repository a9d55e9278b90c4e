package io.perennial.surveys.web;

import io.perennial.platform.web.OpenPage;
import io.perennial.surveys.AskingWords;
import io.perennial.surveys.SurveyAnswers;
import io.perennial.surveys.SurveyAnswers.Door;
import io.perennial.surveys.SurveyAnswers.Question;
import io.perennial.surveys.SurveyRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where customers answer a survey, without signing in. Opening it changes nothing: mail scanners open every link of a letter, so a
 * score in the address is only chosen beforehand, and a button answers. The page runs no script, sets no cookie, names nobody,
 * and tells no other site its address.
 */
@Controller
public class QuestionPage {

    private static final String ADDRESS = "/s/{token}";
    private static final String NO_MORE = "/s/{token}/no-more";

    private final SurveyAnswers answers;
    private final LinkGuesses guesses;

    QuestionPage(SurveyAnswers answers, LinkGuesses guesses) {
        this.answers = answers;
        this.guesses = guesses;
    }

    /**
     * @param chosen score that is chosen in the form, not answered; null for none
     * @param comment as it stands or was typed
     * @param action empty where the page is only looked at
     */
    public record View(
            Question question,
            AskingWords words,
            String action,
            @Nullable Integer chosen,
            String comment,
            String field,
            @Nullable String problem) {

        static View of(Question question, String token, String chosen) {
            Integer score = score(question, chosen);
            return new View(
                    question,
                    AskingWords.in(question.language()),
                    "/s/" + token,
                    score == null ? question.score() : score,
                    question.comment() == null ? "" : question.comment(),
                    "",
                    null);
        }

        static View sample(Question question, String chosen) {
            return new View(question, AskingWords.in(question.language()), "", score(question, chosen), "", "", null);
        }

        private static @Nullable Integer score(Question question, String chosen) {
            if (!chosen.matches("[0-9]{1,2}")) {
                return null;
            }
            int score = Integer.parseInt(chosen);
            return question.kind().isOnScale(score) ? score : null;
        }

        View refused(String typed, String chosen, SurveyRefused why) {
            return new View(question, words, action, score(question, chosen), typed, why.field(), why.getMessage());
        }

        public String title() {
            return question.door() == Door.OPEN ? question.question() : words.over();
        }

        public String low() {
            return words.asked(question.kind()).low();
        }

        public String high() {
            return words.asked(question.kind()).high();
        }

        public boolean isChosen(int step) {
            return chosen != null && chosen == step;
        }

        /** An answer is kept and shown; not while something was refused. */
        public boolean isAnswered() {
            return question.score() != null && problem == null;
        }
    }

    @GetMapping(ADDRESS)
    String ask(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String score,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        OpenPage.armour(response, true);
        Question question = guesses.allows(request) ? answers.question(token) : null;
        if (question == null) {
            return guesses.refuse(response, model);
        }
        status(question, request, response);
        model.addAttribute("view", View.of(question, token, score));
        return "surveys/question";
    }

    @PostMapping(ADDRESS)
    String answer(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String score,
            @RequestParam(defaultValue = "") String comment,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        OpenPage.armour(response, true);
        if (!guesses.allows(request)) {
            return guesses.refuse(response, model);
        }
        try {
            Question question = answers.answer(token, score, comment);
            if (question.door() == Door.OPEN || question.door() == Door.GIVEN) {
                return "redirect:/s/" + token;
            }
            status(question, request, response);
            model.addAttribute("view", View.of(question, token, ""));
        } catch (SurveyRefused why) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute(
                    "view", View.of(answers.question(token), token, "").refused(comment, score, why));
        }
        return "surveys/question";
    }

    private void status(Question question, HttpServletRequest request, HttpServletResponse response) {
        if (question.door() == Door.UNKNOWN) {
            guesses.missed(request);
            response.setStatus(HttpStatus.NOT_FOUND.value());
        } else if (question.door() == Door.OVER) {
            response.setStatus(HttpStatus.GONE.value());
        }
    }

    /** @param done whether the wish was just kept */
    public record NoMoreView(String token, AskingWords words, boolean known, boolean done) {}

    @GetMapping(NO_MORE)
    String noMore(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        OpenPage.armour(response, true);
        if (!guesses.allows(request)) {
            return guesses.refuse(response, model);
        }
        Question question = answers.question(token);
        boolean known = question.door() != Door.UNKNOWN;
        if (!known) {
            guesses.missed(request);
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute("view", new NoMoreView(token, AskingWords.in(question.language()), known, false));
        return "surveys/noMore";
    }

    /** By the page's button, or by one click in a mail program (RFC 8058). */
    @PostMapping(NO_MORE)
    String keepNoMore(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        OpenPage.armour(response, true);
        if (!guesses.allows(request)) {
            return guesses.refuse(response, model);
        }
        boolean known = answers.noMore(token);
        if (!known) {
            guesses.missed(request);
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute(
                "view",
                new NoMoreView(token, AskingWords.in(answers.question(token).language()), known, known));
        return "surveys/noMore";
    }
}
