package io.perennial.cases.web;

import io.perennial.cases.desk.LettersAsSent;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** A customer's letter as it was sent: a part of the conversation that is fetched when asked for, and a page of its own. */
@Controller
class LetterPage {

    private final LettersAsSent letters;
    private final Frames frames;

    LetterPage(LettersAsSent letters, Frames frames) {
        this.letters = letters;
        this.frames = frames;
    }

    @GetMapping("/cases/{id}/messages/{message}/letter")
    String letter(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID message,
            @RequestHeader(name = "HX-Request", defaultValue = "") String htmx,
            Model model) {
        LettersAsSent.AsSent letter = letters.find(id, message, viewer).orElseThrow(CaseCommands::none);
        model.addAttribute("letter", letter);
        if (htmx.isEmpty()) {
            String title = letter.subject().isBlank() ? "Letter without subject" : letter.subject();
            model.addAttribute(
                    "frame", frames.frame(title, CaseNavigation.CASES).under("Case", "/cases/" + id));
            return "cases/letterPage";
        }
        return "cases/letter";
    }
}
