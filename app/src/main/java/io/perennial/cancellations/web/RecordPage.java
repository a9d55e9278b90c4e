package io.perennial.cancellations.web;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.cancellations.AccountLosses;
import io.perennial.cancellations.AccountLosses.Agreement;
import io.perennial.cancellations.AccountLosses.Line;
import io.perennial.cancellations.CancellationDraft;
import io.perennial.cancellations.CannotRecord;
import io.perennial.cancellations.Recording;
import io.perennial.contracts.ReasonCategory;
import io.perennial.contracts.ReasonCategory.Family;
import io.perennial.contracts.Reasons;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Frames;
import io.perennial.platform.web.Notice;
import io.perennial.shared.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

/** Recording that a customer gave notice, and correcting what was recorded. */
@Controller
public class RecordPage {

    private final Recording recording;
    private final AccountLosses losses;
    private final Accounts accounts;
    private final Reasons reasons;
    private final Frames frames;
    private final Clock clock;

    RecordPage(
            Recording recording, AccountLosses losses, Accounts accounts, Reasons reasons, Frames frames, Clock clock) {
        this.recording = recording;
        this.losses = losses;
        this.accounts = accounts;
        this.reasons = reasons;
        this.frames = frames;
        this.clock = clock;
    }

    /** @param loss that is edited; null for a new one */
    public record View(
            AccountCard card,
            @Nullable UUID loss,
            int seen,
            String key,
            CancellationDraft draft,
            List<Reasons.Word> words,
            List<Agreement> contracts,
            List<Line> lines,
            LocalDate today,
            boolean mayWork,
            String field,
            String problem) {

        public String address() {
            return "/accounts/" + card.id() + "/cancellation" + (loss == null ? "" : "?loss=" + loss);
        }

        public List<Family> families() {
            return List.of(Family.values());
        }

        /** A recorded reason that is neither a category nor a word on offer: it is kept. */
        public boolean isOtherWord() {
            return !draft.reason().isEmpty()
                    && ReasonCategory.of(draft.reason()).isEmpty()
                    && words.stream().noneMatch(word -> word.title().equals(draft.reason()));
        }

        /** Whether the problem belongs to no field that the form shows. */
        public boolean problemOfTheWhole() {
            return !problem.isEmpty() && (field.isEmpty() || field.equals("contract") && contracts.isEmpty());
        }

        public @Nullable String problemOf(String name) {
            return field.equals(name) ? problem : null;
        }
    }

    @GetMapping("/accounts/{id}/cancellation")
    String form(
            Viewer viewer, @PathVariable UUID id, @RequestParam(required = false) @Nullable UUID loss, Model model) {
        AccountCard card = card(id, viewer);
        AccountLosses.Recorded known = known(card.id(), loss);
        CancellationDraft draft = known == null ? fresh(card.id()) : known.draft();
        return show(card, loss, known == null ? 0 : known.version(), Ids.next().toString(), draft, viewer, null, model);
    }

    @PostMapping("/accounts/{id}/cancellation")
    String record(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID loss,
            @RequestParam(defaultValue = "0") int seen,
            @RequestParam(defaultValue = "") String key,
            @RequestParam Map<String, String> typed,
            Model model) {
        AccountCard card = card(id, viewer);
        AccountLosses.Recorded known = known(card.id(), loss);
        CancellationDraft draft = CancellationDraft.of(typed);
        try {
            Recording.Done done = recording.record(card.id(), loss, key, seen, draft, viewer);
            new Notice(done.words(), done.change(), null).leave(request);
            return "redirect:/accounts/" + card.id() + "?tab=contracts#panel-leaving";
        } catch (CannotRecord e) {
            boolean moved = known != null && known.version() != seen;
            response.setStatus(moved ? HttpStatus.CONFLICT.value() : HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(card, loss, known == null ? 0 : known.version(), key, draft, viewer, e, model);
        }
    }

    private String show(
            AccountCard card,
            @Nullable UUID loss,
            int seen,
            String key,
            CancellationDraft draft,
            Viewer viewer,
            @Nullable CannotRecord problem,
            Model model) {
        model.addAttribute(
                "frame",
                frames.frame(loss == null ? "Record a cancellation" : "Cancellation", "Accounts")
                        .under("Accounts", "/accounts")
                        .under(card.name(), "/accounts/" + card.id()));
        model.addAttribute(
                "view",
                new View(
                        card,
                        loss,
                        seen,
                        key,
                        draft,
                        reasons.offered(),
                        losses.contracts(card.id()),
                        losses.lines(card.id(), today()),
                        today(),
                        viewer.role().mayWork(),
                        problem == null ? "" : problem.field(),
                        problem == null ? "" : String.valueOf(problem.getMessage())));
        return "cancellations/record";
    }

    /** Today's notice to the next end of what runs, with what it brings. */
    private CancellationDraft fresh(AccountId account) {
        List<Line> lines = losses.lines(account, today());
        String currency = lines.stream()
                .filter(line -> line.annual().signum() > 0)
                .map(Line::currency)
                .findFirst()
                .orElse("");
        BigDecimal amount = lines.stream()
                .filter(line -> line.currency().equals(currency))
                .map(Line::annual)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String end = lines.stream()
                .filter(line -> line.annual().signum() > 0 && line.endsOn() != null)
                .map(line -> String.valueOf(line.endsOn()))
                .max(String::compareTo)
                .orElse("");
        return new CancellationDraft(
                today().toString(),
                end,
                "",
                "",
                "",
                "",
                currency.isEmpty() ? "" : amount.stripTrailingZeros().toPlainString(),
                currency,
                "",
                true,
                false);
    }

    private AccountLosses.@Nullable Recorded known(AccountId account, @Nullable UUID loss) {
        return loss == null
                ? null
                : losses.find(account, loss).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private AccountCard card(UUID id, Viewer viewer) {
        return accounts.find(new AccountId(id), viewer)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @org.springframework.web.bind.annotation.ExceptionHandler(NoSuchElementException.class)
    void unknown(HttpServletResponse response) throws java.io.IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
