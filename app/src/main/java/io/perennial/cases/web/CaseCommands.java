package io.perennial.cases.web;

import io.perennial.cases.desk.CaseMoved;
import io.perennial.cases.desk.CaseReads;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.CaseView;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** Runs a verb for a page: afterwards the case again, with a notice, or with what was written and why it was not taken. */
@Component
class CaseCommands {

    private final CaseReads reads;
    private final CaseScreens screens;

    CaseCommands(CaseReads reads, CaseScreens screens) {
        this.reads = reads;
        this.screens = screens;
    }

    /** @param done what the notice says when the verb changed something; null for none */
    String run(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            UUID id,
            CaseScreens.Written written,
            Model model,
            @Nullable String done,
            Supplier<@Nullable UUID> verb) {
        try {
            UUID change = verb.get();
            if (done != null && change != null) {
                new Notice(done, change, null).leave(request);
            }
            return "redirect:/cases/" + id;
        } catch (CaseMoved e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            String news = "Nothing was sent or changed yet. Meanwhile: " + e.getMessage()
                    + " Look below; what you wrote is kept, and sending again sends it.";
            return show(viewer, id, written.with(news), null, model);
        } catch (CaseRefused | IllegalArgumentException e) {
            response.setStatus(422);
            return show(viewer, id, written.with(e.getMessage()), null, model);
        }
    }

    /** After a verb that ended one's work on a case: to the next one, where there is one. */
    static String onwards(String where, Optional<UUID> next) {
        return where.startsWith("redirect:") && next.isPresent() ? "redirect:/cases/" + next.get() : where;
    }

    String show(Viewer viewer, UUID id, CaseScreens.Written written, @Nullable Notice notice, Model model) {
        CaseView found = reads.find(id, viewer).orElseThrow(CaseCommands::none);
        screens.fill(found, written, notice, viewer, model);
        return "cases/view";
    }

    /** Runs something that is no verb yet, and shows what was written again. */
    String stay(
            Viewer viewer,
            HttpServletResponse response,
            UUID id,
            CaseScreens.Written written,
            Model model,
            Runnable work) {
        try {
            work.run();
            return show(viewer, id, written, null, model);
        } catch (CaseRefused | IllegalArgumentException e) {
            response.setStatus(422);
            return show(viewer, id, written.with(e.getMessage()), null, model);
        }
    }

    /** @throws IllegalArgumentException with a sentence for the person */
    static @Nullable Instant time(String text) {
        try {
            return text.isBlank() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Choose one of the times offered.", e);
        }
    }

    static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
