package io.perennial.defects.web;

import io.perennial.defects.DefectRefused;
import io.perennial.defects.notices.Wishes;
import io.perennial.defects.notices.Wishes.Choice;
import io.perennial.defects.notices.Wishes.Person;
import io.perennial.platform.web.OpenPage;
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
 * Where a contact says what it wants to be told, through the link in each letter and without signing in. Opening it changes
 * nothing: mail programs and filters open links by themselves. The page speaks the language of the letters, runs no script and
 * tells no other site its address.
 */
@Controller
public class MyLettersPage {

    private final Wishes wishes;

    MyLettersPage(Wishes wishes) {
        this.wishes = wishes;
    }

    /** @param person null when the link leads nowhere (any more) @param saved the contact's change was kept */
    public record View(@Nullable Person person, String action, boolean saved, boolean refused, LetterWords words) {

        /** Whose letters these are. */
        public String reader() {
            return person == null ? "" : person.email() == null ? person.name() : person.email();
        }
    }

    @GetMapping("/letters/{token}")
    String mine(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        return show(token, false, false, request, response, model);
    }

    /** From the page, or by the button of a mail program, which says only that it wants no more. */
    @PostMapping("/letters/{token}")
    String choose(
            @PathVariable String token,
            @RequestParam(name = "List-Unsubscribe", defaultValue = "") String oneClick,
            @RequestParam(defaultValue = "false") boolean byMail,
            @RequestParam(defaultValue = "") String knownIssue,
            @RequestParam(defaultValue = "") String news,
            @RequestParam(defaultValue = "") String maintenance,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Choice choice = oneClick.isEmpty() ? new Choice(byMail, knownIssue, news, maintenance) : Choice.NOTHING;
        try {
            Person person = wishes.byToken(token).orElse(null);
            if (person != null) {
                wishes.change(person, choice);
            }
            return show(token, person != null, false, request, response, model);
        } catch (DefectRefused e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(token, false, true, request, response, model);
        }
    }

    private String show(
            String token,
            boolean saved,
            boolean refused,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Person person = wishes.byToken(token).orElse(null);
        if (person == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        OpenPage.armour(response, true);
        response.setHeader("Cache-Control", "no-store");
        String language = person == null || person.language().isEmpty()
                ? request.getLocale().getLanguage()
                : person.language();
        model.addAttribute("view", new View(person, "/letters/" + token, saved, refused, LetterWords.in(language)));
        return "defects/mine";
    }
}
