package io.perennial.metrics.profit;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Time that somebody spent on a customer, by hand. */
@Component
public class TimeLog {

    private final Records records;
    private final Accounts accounts;
    private final JdbcClient database;

    TimeLog(Records records, Accounts accounts, JdbcClient database) {
        this.records = records;
        this.accounts = accounts;
        this.database = database;
    }

    /** Names of programs that work can be delivered under, the highest first. */
    public List<String> programs() {
        return database.sql("select name from programs.program where not house order by tier desc, name limit 100")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /**
     * @param program that it was delivered under; empty for the customer's own
     * @return the change, for undo
     * @throws IllegalArgumentException when something is wrong with it; the message says what
     */
    public UUID log(
            AccountId account,
            String activity,
            String day,
            String minutes,
            String program,
            String note,
            Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts log their time.");
        }
        AccountCard card = accounts.find(account, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", card.externalId());
        values.put(
                "member",
                database.sql("select external_id from identity.team_member where id = :id")
                        .param("id", viewer.memberId())
                        .query(String.class)
                        .optional()
                        .orElse(null));
        values.put("activity", activity.strip());
        values.put("day", day);
        values.put("minutes", minutes.strip());
        values.put("program", program.isBlank() ? null : program.strip());
        values.put("note", note.isBlank() ? null : note.strip());
        UUID change = Ids.next();
        RowOutcome outcome = records.upsert(
                        records.type("time-entries").orElseThrow(),
                        List.of(new RecordRow(0, Ids.next().toString(), values, Map.of())),
                        viewer.actor(),
                        new Records.Write(change, "Time for " + card.name() + " logged", Records.Formats.ISO))
                .getFirst();
        if (outcome.id() == null || !outcome.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    outcome.problems().isEmpty()
                            ? "It could not be logged."
                            : outcome.problems().getFirst().message());
        }
        return change;
    }
}
