package io.perennial.programs.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.web.Frame;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.programs.AccountProgram;
import io.perennial.programs.AccountProgram.Drawn;
import io.perennial.programs.AccountProgram.Enrolment;
import io.perennial.programs.AccountProgram.Entry;
import io.perennial.programs.Catalogue;
import io.perennial.programs.Catalogue.NotPossible;
import io.perennial.programs.Entitlements;
import io.perennial.programs.Entitlements.Balance;
import io.perennial.programs.Program;
import io.perennial.programs.Program.Version;
import io.perennial.programs.ProgramChoice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

/** What one account bought and used, to the last entry. */
@Controller
public class AccountProgramPages {

    private final Accounts accounts;
    private final AccountProgram programs;
    private final ProgramChoice choices;
    private final Catalogue catalogue;
    private final Entitlements entitlements;
    private final Frames frames;
    private final Clock clock;

    AccountProgramPages(
            Accounts accounts,
            AccountProgram programs,
            ProgramChoice choices,
            Catalogue catalogue,
            Entitlements entitlements,
            Frames frames,
            Clock clock) {
        this.accounts = accounts;
        this.programs = programs;
        this.choices = choices;
        this.catalogue = catalogue;
        this.entitlements = entitlements;
        this.frames = frames;
        this.clock = clock;
    }

    /** A published version to choose. */
    public record Choice(UUID version, String title) {}

    /** A draw as typed. @param sentence what has to be decided before it is made; null when nothing has */
    public record Typed(
            String unit,
            String amount,
            String purpose,
            String key,
            @Nullable String sentence) {}

    public record View(
            AccountCard account,
            List<Enrolment> enrolments,
            List<Balance> balances,
            List<Entry> entries,
            String unit,
            boolean more,
            List<Choice> choices,
            Typed typed,
            LocalDate today,
            boolean mayWork,
            boolean mayGrant,
            @Nullable String problem) {}

    @GetMapping("/accounts/{id}/program")
    String show(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String before,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("notice", Notice.take(request));
        return show(viewer, card(viewer, id), unit, before, fresh(), null, model);
    }

    @PostMapping("/accounts/{id}/program")
    String choose(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String enrolment,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "") String why,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        AccountCard card = card(viewer, id);
        try {
            UUID change = choices.choose(viewer, card.id(), id(enrolment), id(version), why);
            new Notice("The program is changed, and units with it.", change, null).leave(request);
            return "redirect:/accounts/" + id + "/program";
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, card, "", "", fresh(), refused.getMessage(), model);
        }
    }

    /** Uses units; {@code approved} once the viewer has read that it goes beyond the program. */
    @PostMapping("/accounts/{id}/entitlements")
    String draw(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "false") boolean approved,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        AccountCard card = card(viewer, id);
        Typed typed = new Typed(unit, amount, purpose, key, null);
        try {
            Drawn drawn = programs.draw(viewer, card.id(), unit, number(amount), purpose, approved, "page:" + id(key));
            if (drawn.decision().reservation() == null) {
                Typed asked =
                        new Typed(unit, amount, purpose, key, drawn.decision().sentence());
                response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
                return show(viewer, card, "", "", asked, null, model);
            }
            new Notice(drawn.decision().sentence(), drawn.change(), null).leave(request);
            return "redirect:/accounts/" + id + "/program";
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, card, "", "", typed, refused.getMessage(), model);
        }
    }

    @PostMapping("/accounts/{id}/grants")
    String grant(
            Viewer viewer,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String key,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        AccountCard card = card(viewer, id);
        try {
            UUID change = programs.grant(viewer, card.id(), unit, number(amount), reason, "page:" + id(key));
            new Notice("Granted.", change, null).leave(request);
            return "redirect:/accounts/" + id + "/program";
        } catch (NotPossible refused) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return show(viewer, card, "", "", fresh(), refused.getMessage(), model);
        }
    }

    private String show(
            Viewer viewer,
            AccountCard card,
            String unit,
            String before,
            Typed typed,
            @Nullable String problem,
            Model model) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Entry> entries = programs.entries(card.id(), unit.isEmpty() ? null : unit, longOf(before));
        model.addAttribute("frame", frame(frames, card, "Program and entitlements"));
        model.addAttribute(
                "view",
                new View(
                        card,
                        programs.enrolments(card.id()),
                        entitlements.balances(card.id(), today),
                        entries,
                        unit,
                        entries.size() == AccountProgram.ENTRIES,
                        choices(),
                        typed,
                        today,
                        AccountProgram.mayWork(viewer),
                        Catalogue.mayChange(viewer),
                        problem));
        return "programs/account";
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        for (Program program : catalogue.programs()) {
            for (Version version : catalogue.versions(program.id())) {
                if (!version.draft()) {
                    choices.add(new Choice(version.id(), program.name() + " " + version.number()));
                }
            }
        }
        return choices;
    }

    private AccountCard card(Viewer viewer, UUID id) {
        return accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    static Frame frame(Frames frames, AccountCard card, String title) {
        return frames.frame(title, "Accounts")
                .under("Accounts", "/accounts")
                .under(card.name(), "/accounts/" + card.id());
    }

    private static Typed fresh() {
        return new Typed("", "", "", UUID.randomUUID().toString(), null);
    }

    private static BigDecimal number(String text) {
        BigDecimal number = OfferForm.number("amount", text);
        if (number == null) {
            throw new NotPossible("The amount is a number above zero.");
        }
        return number;
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotPossible("The form was changed on its way. Open the page again.");
        }
    }

    private static @Nullable Long longOf(String text) {
        try {
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
