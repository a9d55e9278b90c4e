package io.perennial.contracts.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.contracts.Mergers;
import io.perennial.contracts.Mergers.Candidate;
import io.perennial.contracts.Mergers.Preview;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
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

/** An account became part of another: which one, what that means, and done. */
@Controller
public class MergerPage {

    private final Mergers mergers;
    private final Accounts accounts;
    private final Frames frames;
    private final Clock clock;

    MergerPage(Mergers mergers, Accounts accounts, Frames frames, Clock clock) {
        this.mergers = mergers;
        this.accounts = accounts;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param preview of what happens; null while no other account is chosen */
    public record View(
            AccountCard card,
            String words,
            List<Candidate> found,
            @Nullable Preview preview,
            String day,
            String note,
            @Nullable String problem,
            boolean mayMerge) {

        public String address() {
            return "/accounts/" + card.id() + "/merger";
        }

        /** Why nobody is listed. */
        public boolean foundNobody() {
            return !words.isEmpty() && found.isEmpty();
        }

        public boolean cut() {
            return found.size() == Mergers.MOST;
        }
    }

    @GetMapping("/accounts/{id}/merger")
    String form(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable UUID into,
            Model model) {
        return show(card(id, viewer), q, into, today().toString(), "", null, viewer, model);
    }

    @PostMapping("/accounts/{id}/merger")
    String merge(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam UUID into,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String note,
            Model model) {
        AccountCard card = card(id, viewer);
        try {
            UUID change = mergers.merge(card.id(), new AccountId(into), day(day), note, viewer);
            new Notice(
                            card.name() + " is part of " + card(into, viewer).name() + " now, in the past too.",
                            change,
                            null)
                    .leave(request);
            return "redirect:/accounts/" + card.id() + "?tab=contracts";
        } catch (Mergers.Refused | DateTimeException e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            String problem =
                    e instanceof DateTimeException ? "Write the day as 2026-12-01." : String.valueOf(e.getMessage());
            return show(card, "", into, day, note, problem, viewer, model);
        } catch (NoSuchElementException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    private String show(
            AccountCard card,
            String words,
            @Nullable UUID into,
            String day,
            String note,
            @Nullable String problem,
            Viewer viewer,
            Model model) {
        model.addAttribute(
                "frame",
                frames.frame("Became part of another", "Accounts")
                        .under("Accounts", "/accounts")
                        .under(card.name(), "/accounts/" + card.id()));
        model.addAttribute(
                "view",
                new View(
                        card,
                        words,
                        into == null && !words.isBlank() ? mergers.candidates(card.id(), words, viewer) : List.of(),
                        into == null || into.equals(card.id().value())
                                ? null
                                : mergers.preview(card.id(), card(into, viewer).id(), today(), viewer),
                        day,
                        note,
                        problem,
                        Mergers.mayMerge(viewer)));
        return "contracts/merger";
    }

    private static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() < 1970 || day.getYear() > 2100) {
            throw new DateTimeException("out of range");
        }
        return day;
    }

    private AccountCard card(UUID id, Viewer viewer) {
        return accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
