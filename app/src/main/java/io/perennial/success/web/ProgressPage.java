package io.perennial.success.web;

import io.perennial.platform.records.Ids;
import io.perennial.platform.web.OpenPage;
import io.perennial.success.Confirmations;
import io.perennial.success.Confirmations.Shown;
import jakarta.servlet.http.HttpServletResponse;
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

/**
 * Where a customer sees what was agreed and how far it is, without signing in. Opening it changes nothing: mail scanners open
 * links, and only a button confirms. The page runs no script and tells no other site its address.
 */
@Controller
public class ProgressPage {

    private final Confirmations confirmations;

    ProgressPage(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    /** @param shown null when the link is not ours, or over */
    public record View(String token, @Nullable Shown shown) {}

    @GetMapping(Confirmations.PATH + "{token}")
    String show(@PathVariable String token, HttpServletResponse response, Model model) {
        OpenPage.armour(response, true);
        Shown shown = confirmations.shown(token).orElse(null);
        if (shown == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute("view", new View(token, shown));
        return "success/progress";
    }

    @PostMapping(Confirmations.PATH + "{token}")
    String answer(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String words,
            HttpServletResponse response) {
        OpenPage.armour(response, true);
        if (!impact.isEmpty()) {
            if (!confirmations.perceive(token, impact, words)) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
            return "redirect:" + Confirmations.PATH + token;
        }
        boolean known = answer.equals("yes") || answer.equals("no");
        UUID asked = Ids.read(outcome)
                .filter(id -> known)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        if (!confirmations.answer(token, asked, answer.equals("yes"), words)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return "redirect:" + Confirmations.PATH + token;
    }
}
