package io.perennial.programs.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.programs.AccountProgram;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.HandOffs;
import io.perennial.programs.HandOffs.HandOff;
import io.perennial.programs.Priority;
import io.perennial.programs.Promise.Kind;
import io.perennial.programs.WaitingHandOffs;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** The checklist from sale to service. */
@Controller
public class HandOffPages {

    private final Accounts accounts;
    private final HandOffs handOffs;
    private final WaitingHandOffs waiting;
    private final Frames frames;
    private final Clock clock;

    HandOffPages(Accounts accounts, HandOffs handOffs, WaitingHandOffs waiting, Frames frames, Clock clock) {
        this.accounts = accounts;
        this.handOffs = handOffs;
        this.waiting = waiting;
        this.frames = frames;
        this.clock = clock;
    }

    /** A promise as typed. */
    public record Typed(String kind, String what, String amount, String priority, String by) {}

    public record View(
            AccountCard account,
            HandOff handOff,
            Typed typed,
            boolean mayWork,
            @Nullable String problem) {}

    @GetMapping("/programs/hand-offs")
    String waiting(Viewer viewer, Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        model.addAttribute(
                "frame", frames.frame("Hand-offs", ProgramNavigation.PROGRAMS).under("Programs", "/programs"));
        model.addAttribute("rows", waiting.list(viewer, today));
        return "programs/handOffs";
    }

    @GetMapping("/accounts/{id}/hand-off")
    String show(Viewer viewer, @PathVariable UUID id, HttpServletRequest request, Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, card(viewer, id), blank(), null, model);
    }

    @PostMapping("/accounts/{id}/hand-off/promises")
    String note(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String priority,
            @RequestParam(defaultValue = "") String by,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Typed typed = new Typed(kind, what, amount, priority, by);
        return change(viewer, id, typed, "The promise is noted and checked.", request, response, model, () -> {
            Kind known = Kind.of(kind).orElseThrow(() -> new NotPossible("Say what kind of promise it was."));
            return handOffs.note(
                    viewer,
                    new AccountId(id),
                    known,
                    what,
                    OfferForm.number("amount", amount),
                    Priority.of(priority).orElse(null),
                    by);
        });
    }

    @PostMapping("/accounts/{id}/hand-off/promises/{promise}/settlement")
    String settle(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID promise,
            @RequestParam(defaultValue = "") String how,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return change(
                viewer,
                id,
                blank(),
                "The promise is settled.",
                request,
                response,
                model,
                () -> handOffs.settle(viewer, new AccountId(id), promise, how));
    }

    @PostMapping("/accounts/{id}/hand-off/promises/{promise}/removal")
    String withdraw(
            Viewer viewer,
            @PathVariable UUID id,
            @PathVariable UUID promise,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return change(
                viewer,
                id,
                blank(),
                "The promise is off the list.",
                request,
                response,
                model,
                () -> handOffs.withdraw(viewer, new AccountId(id), promise));
    }

    @PostMapping("/accounts/{id}/hand-off/confirmation")
    String confirm(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return change(
                viewer,
                id,
                blank(),
                "Noted: nothing else was promised.",
                request,
                response,
                model,
                () -> handOffs.confirm(viewer, new AccountId(id)));
    }

    @PostMapping("/accounts/{id}/hand-off/completion")
    String complete(
            Viewer viewer,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return change(
                viewer,
                id,
                blank(),
                "Handed over. Onboarding can begin.",
                request,
                response,
                model,
                () -> handOffs.complete(viewer, new AccountId(id)));
    }

    private String change(
            Viewer viewer,
            UUID id,
            Typed typed,
            String said,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            Supplier<UUID> command) {
        AccountCard card = card(viewer, id);
        try {
            new Notice(said, command.get(), null).leave(request);
            return "redirect:/accounts/" + id + "/hand-off";
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, card, typed, refused.getMessage(), model);
        }
    }

    private String show(Viewer viewer, AccountCard card, Typed typed, @Nullable String problem, Model model) {
        model.addAttribute("frame", AccountProgramPages.frame(frames, card, "Hand-off"));
        model.addAttribute(
                "view", new View(card, handOffs.of(card.id()), typed, AccountProgram.mayWork(viewer), problem));
        return "programs/handOff";
    }

    private static Typed blank() {
        return new Typed("unit", "", "", "", "");
    }

    private AccountCard card(Viewer viewer, UUID id) {
        return accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
