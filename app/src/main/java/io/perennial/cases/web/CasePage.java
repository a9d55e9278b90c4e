package io.perennial.cases.web;

import io.perennial.cases.desk.AlikeCases;
import io.perennial.cases.desk.CaseReads;
import io.perennial.cases.desk.CaseState;
import io.perennial.cases.desk.CaseWork;
import io.perennial.cases.desk.Escalations;
import io.perennial.cases.desk.Followers;
import io.perennial.cases.desk.Seen;
import io.perennial.cases.desk.TeamWork;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The case view and its verbs. A verb that was refused shows the case again, with what was written. */
@Controller
class CasePage {

    /** Begins what the form to assign says of a team. */
    private static final String TEAM = "team:";

    private final CaseReads reads;
    private final AlikeCases alike;
    private final CaseWork work;
    private final Escalations escalations;
    private final Followers followers;
    private final TeamWork teams;
    private final QueueRun run;
    private final CaseCommands commands;

    CasePage(
            CaseReads reads,
            AlikeCases alike,
            CaseWork work,
            Escalations escalations,
            Followers followers,
            TeamWork teams,
            QueueRun run,
            CaseCommands commands) {
        this.reads = reads;
        this.alike = alike;
        this.work = work;
        this.escalations = escalations;
        this.followers = followers;
        this.teams = teams;
        this.run = run;
        this.commands = commands;
    }

    @GetMapping("/cases/{id}")
    String view(Viewer viewer, HttpServletRequest request, @PathVariable String id, Model model) {
        if (id.matches("\\d{1,15}")) {
            return "redirect:/cases/" + reads.numbered(Long.parseLong(id)).orElseThrow(CaseCommands::none);
        }
        UUID shown = id(id);
        followers.look(shown, viewer);
        return commands.show(viewer, shown, CaseScreens.Written.fresh(), Notice.take(request), model);
    }

    /** Cases much like this one, fetched after the page. */
    @GetMapping("/cases/{id}/similar")
    String similar(Viewer viewer, @PathVariable UUID id, Model model) {
        if (reads.row(id, viewer).isEmpty()) {
            throw CaseCommands.none();
        }
        model.addAttribute("similar", alike.to(id, viewer));
        return "cases/similar";
    }

    @PostMapping("/cases/{id}/assignee")
    String assign(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String member,
            @RequestParam(defaultValue = "") String seen) {
        return commands.run(
                viewer,
                sent,
                id,
                "Assigned.",
                () -> member.startsWith(TEAM)
                        ? teams.give(id, Seen.parse(seen), UUID.fromString(member.substring(TEAM.length())), viewer)
                        : work.assign(id, Seen.parse(seen), member.isBlank() ? null : UUID.fromString(member), viewer));
    }

    @PostMapping("/cases/{id}/priority")
    String grade(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String urgency,
            @RequestParam(defaultValue = "") String seen) {
        return commands.run(
                viewer,
                sent,
                id,
                "Priority changed; the clocks were counted anew.",
                () -> work.grade(id, Seen.parse(seen), impact, urgency, "", viewer));
    }

    @PostMapping("/cases/{id}/state")
    String state(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String seen) {
        return commands.run(
                viewer,
                sent,
                id,
                "The case's state changed.",
                () -> work.state(id, Seen.parse(seen), CaseState.of(state), viewer));
    }

    @PostMapping("/cases/{id}/resolution")
    String resolve(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String cause,
            @RequestParam(defaultValue = "") String told,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(defaultValue = "") String draft) {
        Optional<UUID> next = run.following(id, viewer, sent.request());
        String where = commands.run(
                viewer,
                sent,
                id,
                new CaseScreens.Written("resolution", told, draft, null),
                next.isPresent() ? "Resolved. This is the next case of the queue." : "Resolved.",
                () -> work.resolve(id, new CaseWork.Solution(draft, Seen.parse(seen), cause, told), viewer));
        return CaseCommands.onwards(where, next);
    }

    @PostMapping("/cases/{id}/promise")
    String promise(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String promise,
            @RequestParam(defaultValue = "") String seen) {
        return commands.run(viewer, sent, id, "Promised.", () -> {
            Instant until = CaseCommands.time(promise);
            if (until == null) {
                throw new IllegalArgumentException("Choose when the customer hears from us next.");
            }
            return work.promise(id, Seen.parse(seen), until, viewer);
        });
    }

    /** Help from above is needed, or came. */
    @PostMapping("/cases/{id}/escalation")
    String escalate(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "false") boolean settled,
            @RequestParam(defaultValue = "") String seen) {
        return commands.run(
                viewer,
                sent,
                id,
                settled ? "Not escalated any more." : "Escalated.",
                () -> settled
                        ? escalations.settle(id, Seen.parse(seen), viewer)
                        : escalations.escalate(id, Seen.parse(seen), why, viewer));
    }

    @PostMapping("/cases/{id}/approval")
    String approve(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return commands.run(viewer, sent, id, null, () -> {
            work.approve(id, viewer);
            return null;
        });
    }

    @PostMapping("/cases/{id}/followers")
    String follow(Viewer viewer, SentForm sent, @PathVariable UUID id) {
        return commands.run(viewer, sent, id, null, () -> {
            followers.follow(id, viewer);
            return null;
        });
    }

    @ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw CaseCommands.none();
        }
    }
}
