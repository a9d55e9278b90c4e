package io.perennial.cases.web;

import io.perennial.cases.desk.CaseMoved;
import io.perennial.cases.desk.CaseReads;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.CaseView;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
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

    /** A verb without words that would have to be kept. */
    String run(Viewer viewer, SentForm sent, UUID id, @Nullable String done, Supplier<@Nullable UUID> verb) {
        return run(viewer, sent, id, CaseScreens.Written.fresh(), done, verb);
    }

    /** @param done what the notice says when the verb changed something; null for none */
    String run(
            Viewer viewer,
            SentForm sent,
            UUID id,
            CaseScreens.Written written,
            @Nullable String done,
            Supplier<@Nullable UUID> verb) {
        try {
            return sent.done(done, verb.get(), "/cases/" + id);
        } catch (CaseMoved e) {
            String news = "Nothing was sent or changed yet. Meanwhile: " + e.getMessage()
                    + " Look below; what you wrote is kept, and sending again sends it.";
            return show(viewer, id, written.with(news), null, sent.overtaken());
        } catch (CaseRefused | IllegalArgumentException e) {
            return show(viewer, id, written.with(e.getMessage()), null, sent.refused());
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
    String stay(Viewer viewer, SentForm sent, UUID id, CaseScreens.Written written, Runnable work) {
        try {
            work.run();
            return show(viewer, id, written, null, sent.model());
        } catch (CaseRefused | IllegalArgumentException e) {
            return show(viewer, id, written.with(e.getMessage()), null, sent.refused());
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
