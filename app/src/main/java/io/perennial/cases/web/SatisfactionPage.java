package io.perennial.cases.web;

import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.Satisfaction;
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
 * Where customers say how satisfied they are, without signing in. Opening it changes nothing: mail scanners open links, and
 * only a button answers. The page runs no script, names nobody, and tells no other site its address.
 */
@Controller
public class SatisfactionPage {

    private final Satisfaction satisfaction;

    SatisfactionPage(Satisfaction satisfaction) {
        this.satisfaction = satisfaction;
    }

    /** @param question null when the link is not ours, or over */
    public record View(String token, Satisfaction.@Nullable Question question, SatisfactionWords words) {}

    @GetMapping(Satisfaction.PATH + "{token}")
    String ask(@PathVariable String token, HttpServletResponse response, Model model) {
        OpenPage.armour(response, true);
        Satisfaction.Question question = satisfaction.question(token).orElse(null);
        if (question == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute(
                "view", new View(token, question, SatisfactionWords.in(question == null ? "en" : question.language())));
        return "cases/satisfaction";
    }

    @PostMapping(Satisfaction.PATH + "{token}")
    String answer(
            @PathVariable String token,
            @RequestParam int score,
            @RequestParam(defaultValue = "") String words,
            HttpServletResponse response) {
        OpenPage.armour(response, true);
        try {
            if (satisfaction.answer(token, score, words).isEmpty()) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
        } catch (CaseRefused none) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return "redirect:" + Satisfaction.PATH + token;
    }
}
