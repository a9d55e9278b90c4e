package io.perennial.cancellations;

import static io.perennial.cancellations.CancellationDraft.orNull;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.contracts.ReasonCategory;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records.Formats;
import io.perennial.platform.records.Records.Write;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records a cancellation as its customer gives notice, through the door of all records: with the lines that end by it, as one change
 * that can be undone.
 */
@Component
public class Recording {

    static final String TYPE = "cancellations";

    /** Prefix of external ids of what was recorded on screen. */
    private static final String ON_SCREEN = "screen-";

    private final Written written;
    private final Accounts accounts;
    private final AccountLosses losses;

    Recording(Written written, Accounts accounts, AccountLosses losses) {
        this.written = written;
        this.accounts = accounts;
        this.losses = losses;
    }

    /** @param change for undo; null when everything was so already */
    public record Done(@Nullable UUID change, String words) {}

    /**
     * Writes what was typed.
     *
     * @param loss the cancellation that is edited; null for a new one
     * @param key that the form carries, so that sending it twice records once
     * @param seen version of the edited one that the form showed
     * @throws CannotRecord naming the field that is wrong
     * @throws NoSuchElementException when the account is not in the viewer's portfolio
     */
    @Transactional
    public Done record(
            AccountId account, @Nullable UUID loss, String key, int seen, CancellationDraft draft, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new CannotRecord("", "Your role looks at cancellations and does not record them.");
        }
        AccountCard card = accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
        AccountLosses.Recorded before =
                loss == null ? null : losses.find(account, loss).orElseThrow(NoSuchElementException::new);
        if (before != null && written.lockedVersion(TYPE, before.externalId()) != seen) {
            throw new CannotRecord(
                    "",
                    "A colleague has changed it meanwhile. What you typed is below and not saved; look and save again.");
        }
        LocalDate notice = day("cancelledOn", draft.cancelledOn());
        LocalDate effective = draft.effectiveOn().isEmpty() ? null : day("effectiveOn", draft.effectiveOn());
        if (draft.cancelledOn().isEmpty() || notice == null) {
            throw new CannotRecord("cancelledOn", "Say on which day the customer gave notice.");
        }
        if (draft.reason().isEmpty()) {
            throw new CannotRecord("reason", "Choose a reason. “Not known” is one, and the exit survey asks.");
        }
        if (draft.endLines() && effective == null) {
            throw new CannotRecord("effectiveOn", "Say on which day the lines end.");
        }
        if (draft.amount().isEmpty() != draft.currency().isEmpty()) {
            throw new CannotRecord("amount", "An amount needs its currency, and a currency its amount.");
        }
        String externalId = before == null ? ON_SCREEN + usable(key) : before.externalId();
        UUID change = Ids.next();
        String what = card.name() + (before == null ? " gave notice" : ": cancellation changed") + ", reason "
                + ReasonCategory.of(draft.reason()).map(ReasonCategory::title).orElse(draft.reason());
        Write write = new Write(change, what, Formats.ISO);
        boolean changed = written.all(TYPE, List.of(Written.row(externalId, values(card, draft))), viewer, write);
        List<RecordRow> ended = draft.endLines() && effective != null
                ? endings(account, draft.contract(), effective, before == null ? null : before.effectiveOn())
                : List.of();
        if (!ended.isEmpty()) {
            changed |= written.all("contract-lines", ended, viewer, write);
        }
        return new Done(
                changed ? change : null,
                (before == null ? "The cancellation is recorded" : "The cancellation is kept")
                        + (ended.isEmpty()
                                ? "."
                                : ", and " + ended.size() + (ended.size() == 1 ? " line ends" : " lines end")
                                        + " by it."));
    }

    private static Map<String, @Nullable Object> values(AccountCard card, CancellationDraft draft) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", card.externalId());
        values.put("contract", orNull(draft.contract()));
        values.put("cancelled_on", draft.cancelledOn());
        values.put("effective_on", orNull(draft.effectiveOn()));
        values.put("reason", draft.reason());
        values.put("reason_detail", orNull(draft.detail()));
        values.put("competitor", orNull(draft.competitor()));
        values.put("amount", orNull(draft.amount()));
        values.put("currency", orNull(draft.currency()));
        values.put("comment", orNull(draft.comment()));
        values.put("reactivated", draft.withdrawn() ? "true" : null);
        return values;
    }

    private List<RecordRow> endings(
            AccountId account, String contract, LocalDate effective, @Nullable LocalDate endedBefore) {
        LocalDate earliest = endedBefore != null && endedBefore.isBefore(effective) ? endedBefore : effective;
        List<RecordRow> rows = new ArrayList<>();
        for (AccountLosses.Line line : losses.lines(account, earliest.minusDays(1))) {
            LocalDate end = line.endsOn();
            boolean runsOn = end == null || end.isAfter(effective);
            boolean endedByThis = end != null && end.equals(endedBefore) && line.agreedUntil() != null;
            if ((runsOn || endedByThis) && (contract.isEmpty() || contract.equals(line.contract()))) {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                values.put("ends_on", effective.toString());
                if (line.agreedUntil() == null && end != null) {
                    values.put("scheduled_ends_on", end.toString());
                }
                rows.add(Written.row(line.externalId(), values));
            }
        }
        return rows;
    }

    private static String usable(String key) {
        return key.matches("[0-9a-f-]{36}") ? key : Ids.next().toString();
    }

    private static @Nullable LocalDate day(String field, String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new CannotRecord(field, "Write the day as 2026-12-01.");
        }
    }
}
