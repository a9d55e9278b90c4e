package io.perennial.cancellations.web;

import io.perennial.cancellations.CannotRecord;
import io.perennial.cancellations.ExitAnswers;
import io.perennial.cancellations.ExitSurvey;
import io.perennial.cancellations.SurveyWords;
import io.perennial.platform.web.OpenPage;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where somebody says why they leave, without signing in. Opening it changes nothing: mail scanners open links, and only a button
 * answers. The page runs no script, names nobody, and tells no other site its address.
 */
@Controller
public class LeavingPage {

    private final ExitAnswers answers;

    LeavingPage(ExitAnswers answers) {
        this.answers = answers;
    }

    /** @param question null when the link is not ours, or over */
    public record View(String token, ExitAnswers.@Nullable Question question, SurveyWords words) {

        public String chosen() {
            String category = question == null ? null : question.category();
            return category == null ? "" : words.choices().getOrDefault(category, category);
        }
    }

    @GetMapping(ExitSurvey.PATH + "{token}")
    String ask(@PathVariable String token, HttpServletResponse response, Model model) {
        OpenPage.armour(response, true);
        ExitAnswers.Question question = answers.question(token).orElse(null);
        if (question == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute(
                "view", new View(token, question, SurveyWords.in(question == null ? "en" : question.language())));
        return "cancellations/leaving";
    }

    @PostMapping(ExitSurvey.PATH + "{token}")
    String answer(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String comeBack,
            @RequestParam(defaultValue = "") String words,
            HttpServletResponse response) {
        OpenPage.armour(response, true);
        try {
            if (answers.answer(token, category, comeBack, words).isEmpty()) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
        } catch (CannotRecord none) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return "redirect:" + ExitSurvey.PATH + token;
    }
}
