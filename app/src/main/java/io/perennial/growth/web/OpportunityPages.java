package io.perennial.growth.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.growth.GrowthRefused;
import io.perennial.growth.Opportunities;
import io.perennial.growth.Opportunities.Booked;
import io.perennial.growth.Opportunity;
import io.perennial.growth.OpportunityDraft;
import io.perennial.growth.OpportunityEditing;
import io.perennial.growth.OpportunityEditing.Saved;
import io.perennial.growth.Stage;
import io.perennial.identity.TeamMembers;
import io.perennial.identity.TeamMembers.Colleague;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.platform.web.SentForm;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One opportunity: found, described, proposed, won or lost. */
@Controller
public class OpportunityPages {

    private final Opportunities opportunities;
    private final OpportunityEditing editing;
    private final Accounts accounts;
    private final TeamMembers team;
    private final Frames frames;
    private final Clock clock;

    OpportunityPages(
            Opportunities opportunities,
            OpportunityEditing editing,
            Accounts accounts,
            TeamMembers team,
            Frames frames,
            Clock clock) {
        this.opportunities = opportunities;
        this.editing = editing;
        this.accounts = accounts;
        this.team = team;
        this.frames = frames;
        this.clock = clock;
    }

    /**
     * @param draft what is in the form
     * @param problem why nothing was kept
     * @param booked what contracts say of what was won
     */
    public record View(
            Opportunity opportunity,
            OpportunityDraft draft,
            @Nullable Booked booked,
            boolean mayWrite,
            List<Colleague> colleagues,
            LocalDate today,
            @Nullable String problem,
            @Nullable Notice notice) {}

    /** @param key of the form, so that sending it twice makes one */
    public record NewView(
            AccountCard account,
            OpportunityDraft draft,
            String key,
            @Nullable String problem) {}

    @GetMapping("/opportunities/{id}")
    String view(Viewer viewer, HttpServletRequest request, @PathVariable UUID id, Model model) {
        return show(viewer, id, null, null, Notice.take(request), model);
    }

    @GetMapping("/opportunities/new")
    String blank(
            Viewer viewer,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String program,
            Model model) {
        AccountCard card = account(account, viewer);
        String what = program.isEmpty() ? product : program;
        OpportunityDraft draft = new OpportunityDraft(
                what.replace("\0", ""),
                program.isEmpty() ? "cross-sell" : "upgrade",
                product.replace("\0", ""),
                program.replace("\0", ""),
                "",
                "",
                "",
                "",
                "success",
                "");
        return form(card, draft, UUID.randomUUID().toString(), null, model);
    }

    @PostMapping("/opportunities")
    String create(
            Viewer viewer,
            SentForm sent,
            @RequestParam(defaultValue = "") String account,
            @RequestParam(defaultValue = "") String key,
            @RequestParam Map<String, String> form) {
        AccountCard card = account(account, viewer);
        OpportunityDraft draft = draft(form);
        try {
            Saved saved = editing.create(card.id(), draft, key, null, List.of(), viewer);
            return sent.done("The opportunity is found.", saved.change(), "/opportunities/" + saved.opportunity());
        } catch (GrowthRefused e) {
            return form(card, draft, key, e.getMessage(), sent.refused());
        }
    }

    @PostMapping("/opportunities/{id}")
    String edit(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam Map<String, String> form) {
        OpportunityDraft draft = draft(form);
        return after(viewer, sent, id, draft, "It is saved.", () -> editing.edit(id, seen, draft, viewer));
    }

    @PostMapping("/opportunities/{id}/stage")
    String move(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String day) {
        Stage wanted = Stage.find(stage).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        return after(
                viewer,
                sent,
                id,
                null,
                "It is now: " + wanted.title() + ".",
                () -> editing.move(id, seen, wanted, reason, day, viewer));
    }

    @PostMapping("/opportunities/{id}/proposal")
    String propose(
            Viewer viewer,
            SentForm sent,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") int seen,
            @RequestParam(defaultValue = "") String proposal,
            @RequestParam(defaultValue = "") String lines,
            @RequestParam(defaultValue = "") String sentOn) {
        return after(
                viewer,
                sent,
                id,
                null,
                "The proposal is kept.",
                () -> editing.propose(id, seen, proposal, lines, sentOn, viewer));
    }

    private String after(
            Viewer viewer,
            SentForm sent,
            UUID id,
            @Nullable OpportunityDraft draft,
            String said,
            Supplier<Saved> verb) {
        if (opportunities.find(id, viewer).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        try {
            return sent.done(said, verb.get().change(), "/opportunities/" + id);
        } catch (GrowthRefused e) {
            return show(viewer, id, draft, e.getMessage(), null, sent.refused());
        }
    }

    private String show(
            Viewer viewer,
            UUID id,
            @Nullable OpportunityDraft typed,
            @Nullable String problem,
            @Nullable Notice notice,
            Model model) {
        Opportunity found =
                opportunities.find(id, viewer).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute(
                "frame",
                frames.frame(found.name(), GrowthNavigation.OPPORTUNITIES).under("Opportunities", "/opportunities"));
        model.addAttribute(
                "view",
                new View(
                        found,
                        typed == null ? draft(found) : typed,
                        opportunities.booked(found).orElse(null),
                        OpportunityEditing.mayWrite(viewer),
                        team.active(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        problem,
                        notice));
        return "growth/opportunity";
    }

    private String form(AccountCard card, OpportunityDraft draft, String key, @Nullable String problem, Model model) {
        model.addAttribute(
                "frame",
                frames.frame("New opportunity", GrowthNavigation.OPPORTUNITIES)
                        .under("Opportunities", "/opportunities"));
        model.addAttribute("view", new NewView(card, draft, key, problem));
        return "growth/found";
    }

    private AccountCard account(String id, Viewer viewer) {
        return Ids.read(id)
                .flatMap(known -> accounts.find(new AccountId(known), viewer))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static OpportunityDraft draft(Opportunity known) {
        return new OpportunityDraft(
                known.name(),
                known.kind().key(),
                known.product(),
                known.program(),
                known.amount() == null ? "" : known.amount().toPlainString(),
                known.currency() == null ? "" : known.currency(),
                known.said() == null ? "" : known.said().stripTrailingZeros().toPlainString(),
                known.expectedOn() == null ? "" : known.expectedOn().toString(),
                known.sourcedBy(),
                known.description());
    }

    private static OpportunityDraft draft(Map<String, String> form) {
        return new OpportunityDraft(
                form.getOrDefault("name", ""),
                form.getOrDefault("kind", ""),
                form.getOrDefault("product", ""),
                form.getOrDefault("program", ""),
                form.getOrDefault("amount", ""),
                form.getOrDefault("currency", ""),
                form.getOrDefault("probability", ""),
                form.getOrDefault("expectedOn", ""),
                form.getOrDefault("sourcedBy", ""),
                form.getOrDefault("description", ""));
    }
}
