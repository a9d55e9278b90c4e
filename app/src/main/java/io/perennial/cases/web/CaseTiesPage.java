package io.perennial.cases.web;

import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.CaseTies;
import io.perennial.cases.desk.Seen;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What ties a case to another: merging into it, a link, and the part that is split off. */
@Controller
class CaseTiesPage {

    private final CaseTies ties;
    private final CaseCommands commands;

    CaseTiesPage(CaseTies ties, CaseCommands commands) {
        this.ties = ties;
        this.commands = commands;
    }

    @PostMapping("/cases/{id}/merge")
    String merge(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String seen) {
        return commands.run(
                viewer,
                sent,
                id,
                "Merged. What was said stands on the other case as well.",
                () -> ties.merge(id, Seen.parse(seen), number(number), viewer));
    }

    @PostMapping("/cases/{id}/links")
    String link(Viewer viewer, SentForm sent, @PathVariable UUID id, @RequestParam(defaultValue = "") String number) {
        return commands.run(viewer, sent, id, null, () -> {
            ties.link(id, number(number), viewer);
            return null;
        });
    }

    @PostMapping("/cases/{id}/split")
    String split(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam UUID message,
            @RequestParam(defaultValue = "") String subject) {
        try {
            return "redirect:/cases/" + ties.split(id, message, subject, viewer);
        } catch (CaseRefused e) {
            return commands.show(viewer, id, CaseScreens.Written.fresh().with(e.getMessage()), null, sent.refused());
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static long number(String text) {
        String digits = text.strip().replaceFirst("^#", "");
        if (!digits.matches("\\d{1,15}")) {
            throw new IllegalArgumentException("Give the number of the other case, such as #1042.");
        }
        return Long.parseLong(digits);
    }
}
