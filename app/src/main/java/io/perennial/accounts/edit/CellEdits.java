package io.perennial.accounts.edit;

import io.perennial.accounts.edit.AccountEdits.CannotEdit;
import io.perennial.accounts.edit.AccountEdits.Tally;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.History;
import io.perennial.platform.records.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sets one field of one account from a cell that showed its value. When somebody else has set it meanwhile, nothing is
 * written and the asker decides.
 */
@Component
public class CellEdits {

    private final JdbcClient database;
    private final AccountEdits edits;
    private final History history;
    private final TransactionTemplate transaction;

    CellEdits(JdbcClient database, AccountEdits edits, History history, TransactionTemplate transaction) {
        this.database = database;
        this.edits = edits;
        this.history = history;
        this.transaction = transaction;
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /**
     * Written, or equal already.
     *
     * @param change to undo it by; null when the value was there already
     * @param words one sentence about it
     */
    public record Saved(@Nullable UUID change, String words) implements Outcome {}

    /**
     * Nothing was written: the account does not hold what the cell showed.
     *
     * @param theirs what it holds, as the cell would show it; empty when nothing
     * @param by who set it, when known
     */
    public record Conflict(
            String theirs, @Nullable String by, @Nullable Instant at) implements Outcome {}

    /** Nothing was written; the reason says what would be right. */
    public record Refused(String reason) implements Outcome {}

    private record Cell(String account, @Nullable String value) {}

    /**
     * @param seen what the cell showed when the edit began; empty for nothing
     * @return empty when there is no such account in the viewer's portfolio
     */
    public Optional<Outcome> edit(UUID account, Field field, String value, String seen, Viewer viewer) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> locked(account, field, viewer)
                    .map(cell -> decide(account, cell, field, value.strip(), seen.strip(), viewer))));
        } catch (CannotEdit refused) {
            return Optional.of(new Refused(refused.getMessage()));
        }
    }

    private Optional<Cell> locked(UUID account, Field field, Viewer viewer) {
        // The expression comes from the enumeration of fields, never from a request.
        return database.sql("""
                select a.name, %s as value
                from accounts.account a left join identity.team_member m on m.id = a.owner_id
                where a.id = :account and (:everything or a.owner_id = :member)
                for no key update of a
                """.formatted(field.sql()))
                .param("account", account)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new Cell(row.getString(1), row.getString(2)))
                .optional();
    }

    private Outcome decide(UUID account, Cell cell, Field field, String value, String seen, Viewer viewer) {
        String now = Objects.requireNonNullElse(cell.value(), "");
        String wanted = edits.shown(field, value);
        if (now.equals(wanted)) {
            return new Saved(null, field.title() + " of " + cell.account() + " was that already.");
        }
        if (!now.equals(seen)) {
            Optional<History.Touch> touch = history.last("accounts", account.toString(), field.stored());
            return new Conflict(
                    now,
                    touch.map(History.Touch::by).orElse(null),
                    touch.map(History.Touch::at).orElse(null));
        }
        UUID change = Ids.next();
        String words = field.title() + " of " + cell.account() + (wanted.isEmpty() ? " cleared" : " set to " + wanted);
        Tally tally = edits.write(List.of(account), field, edits.stored(field, value), change, viewer.actor(), words);
        return tally.refusal().<Outcome>map(Refused::new).orElseGet(() -> new Saved(change, words + "."));
    }
}
