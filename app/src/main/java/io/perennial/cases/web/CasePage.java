package io.perennial.cases.web;

import io.perennial.cases.desk.CaseMoved;
import io.perennial.cases.desk.CaseReads;
import io.perennial.cases.desk.CaseRefused;
import io.perennial.cases.desk.CaseState;
import io.perennial.cases.desk.CaseTies;
import io.perennial.cases.desk.CaseView;
import io.perennial.cases.desk.CaseWork;
import io.perennial.cases.desk.Conversation;
import io.perennial.cases.desk.Seen;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The case view and its verbs. A verb that was refused shows the case again, with what was written. */
@Controller
class CasePage {

    private final CaseReads reads;
    private final CaseWork work;
    private final CaseTies ties;
    private final Conversation conversation;
    private final CaseScreens screens;

    CasePage(CaseReads reads, CaseWork work, CaseTies ties, Conversation conversation, CaseScreens screens) {
        this.reads = reads;
        this.work = work;
        this.ties = ties;
        this.conversation = conversation;
        this.screens = screens;
    }

    @GetMapping("/cases/{id}")
    String view(Viewer viewer, HttpServletRequest request, @PathVariable String id, Model model) {
        if (id.matches("\\d{1,15}")) {
            return "redirect:/cases/" + reads.numbered(Long.parseLong(id)).orElseThrow(CasePage::none);
        }
        return show(viewer, id(id), CaseScreens.Written.fresh(), Notice.take(request), model);
    }

    /** Cases much like this one, fetched after the page: looking through all cases may take longer than reading one. */
    @GetMapping("/cases/{id}/similar")
    String similar(Viewer viewer, @PathVariable UUID id, Model model) {
        if (reads.row(id, viewer).isEmpty()) {
            throw none();
        }
        model.addAttribute("similar", reads.similar(id, viewer));
        return "cases/similar";
    }

    @PostMapping("/cases/{id}/messages")
    String say(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "reply") String kind,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "theirs") String turn,
            @RequestParam(defaultValue = "") String promise,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String draft,
            Model model) {
        CaseScreens.Written written = new CaseScreens.Written(kind, body, draft, null);
        return command(viewer, request, response, id, written, model, null, () -> {
            switch (kind) {
                case "note" -> conversation.note(id, draft, body, viewer);
                case "customer" -> conversation.heard(id, draft, body, viewer);
                default ->
                    conversation.reply(
                            id,
                            new Conversation.Reply(draft, Seen.parse(seen), body, turn.equals("theirs"), time(promise)),
                            viewer);
            }
            return null;
        });
    }

    @PostMapping("/cases/{id}/assignee")
    String assign(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String member,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        return command(
                viewer,
                request,
                response,
                id,
                CaseScreens.Written.fresh(),
                model,
                "Assigned.",
                () -> work.assign(id, Seen.parse(seen), member.isBlank() ? null : UUID.fromString(member), viewer));
    }

    @PostMapping("/cases/{id}/priority")
    String grade(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String urgency,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        return command(
                viewer,
                request,
                response,
                id,
                CaseScreens.Written.fresh(),
                model,
                "Priority changed; the clocks were counted anew.",
                () -> work.grade(id, Seen.parse(seen), impact, urgency, "", viewer));
    }

    @PostMapping("/cases/{id}/state")
    String state(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        return command(
                viewer,
                request,
                response,
                id,
                CaseScreens.Written.fresh(),
                model,
                "The case's state changed.",
                () -> work.state(id, Seen.parse(seen), CaseState.of(state), viewer));
    }

    @PostMapping("/cases/{id}/resolution")
    String resolve(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String told,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String draft,
            Model model) {
        return command(
                viewer,
                request,
                response,
                id,
                new CaseScreens.Written("resolution", told, draft, null),
                model,
                "Resolved.",
                () -> work.resolve(id, new CaseWork.Solution(draft, Seen.parse(seen), cause, told), viewer));
    }

    @PostMapping("/cases/{id}/promise")
    String promise(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String promise,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        return command(viewer, request, response, id, CaseScreens.Written.fresh(), model, "Promised.", () -> {
            Instant until = time(promise);
            if (until == null) {
                throw new IllegalArgumentException("Choose when the customer hears from us next.");
            }
            return work.promise(id, Seen.parse(seen), until, viewer);
        });
    }

    @PostMapping("/cases/{id}/approval")
    String approve(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            Model model) {
        return command(viewer, request, response, id, CaseScreens.Written.fresh(), model, null, () -> {
            work.approve(id, viewer);
            return null;
        });
    }

    @PostMapping("/cases/{id}/followers")
    String follow(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            Model model) {
        return command(viewer, request, response, id, CaseScreens.Written.fresh(), model, null, () -> {
            ties.follow(id, viewer);
            return null;
        });
    }

    @PostMapping("/cases/{id}/merge")
    String merge(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        return command(
                viewer,
                request,
                response,
                id,
                CaseScreens.Written.fresh(),
                model,
                "Merged. What was said stands on the other case as well.",
                () -> ties.merge(id, Seen.parse(seen), number(number), viewer));
    }

    @PostMapping("/cases/{id}/links")
    String link(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String number,
            Model model) {
        return command(viewer, request, response, id, CaseScreens.Written.fresh(), model, null, () -> {
            ties.link(id, number(number), viewer);
            return null;
        });
    }

    @PostMapping("/cases/{id}/split")
    String split(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam UUID message,
            @RequestParam(defaultValue = "") String subject,
            Model model) {
        try {
            return "redirect:/cases/" + ties.split(id, message, subject, viewer);
        } catch (CaseRefused e) {
            response.setStatus(422);
            return show(viewer, id, CaseScreens.Written.fresh().with(e.getMessage()), null, model);
        }
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private String command(
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

    private String show(Viewer viewer, UUID id, CaseScreens.Written written, @Nullable Notice notice, Model model) {
        CaseView found = reads.find(id, viewer).orElseThrow(CasePage::none);
        screens.fill(found, written, notice, viewer, model);
        return "cases/view";
    }

    private static long number(String text) {
        String digits = text.strip().replaceFirst("^#", "");
        if (!digits.matches("\\d{1,15}")) {
            throw new IllegalArgumentException("Give the number of the other case, such as #1042.");
        }
        return Long.parseLong(digits);
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isBlank() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Choose one of the times offered.", e);
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw none();
        }
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
