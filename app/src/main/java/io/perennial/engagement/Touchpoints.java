package io.perennial.engagement;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.platform.records.Ids;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.platform.records.RowOutcome;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** What was said to whom. Written like every record, so that it is audited, undoable and marks the account. */
@Component
public class Touchpoints {

    private final Records records;
    private final Accounts accounts;
    private final JdbcClient database;
    private final Clock clock;

    Touchpoints(Records records, Accounts accounts, JdbcClient database, Clock clock) {
        this.records = records;
        this.accounts = accounts;
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param kind call, meeting, mail, note or event
     * @param at null for now
     * @param contact external id of the person, null when nobody in particular
     */
    public record Log(
            String kind,
            @Nullable Instant at,
            @Nullable String contact,
            @Nullable String subject,
            @Nullable String body,
            @Nullable String sentiment) {}

    /**
     * Logs for an account that the viewer works with.
     *
     * @return the change that can be undone
     * @throws AccessDeniedException when the viewer may only look
     * @throws NoSuchElementException when the account is none of the viewer's
     * @throws NotLogged when something is wrong with it; the message says what
     */
    public UUID log(AccountId account, Log log, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts log touchpoints.");
        }
        AccountCard card = accounts.find(account, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such account in your portfolio."));
        Instant at = log.at() == null ? clock.instant() : log.at();
        if (at.isAfter(clock.instant())) {
            throw new NotLogged("A touchpoint lies in the past. Add a task for what is to come.");
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", card.externalId());
        values.put("at", at.toString());
        values.put("kind", log.kind());
        values.put("contact", log.contact());
        values.put("subject", log.subject());
        values.put("body", log.body());
        values.put("sentiment", log.sentiment());
        values.put("member", memberExternalId(viewer));
        UUID change = Ids.next();
        RowOutcome outcome = records.upsert(
                        records.type("touchpoints").orElseThrow(),
                        List.of(new RecordRow(0, Ids.next().toString(), values, Map.of())),
                        viewer.actor(),
                        new Records.Write(change, summary(log.kind(), card.name()), Records.Formats.ISO))
                .getFirst();
        if (outcome.id() == null || !outcome.problems().isEmpty()) {
            throw new NotLogged(
                    outcome.problems().isEmpty()
                            ? "It could not be logged."
                            : outcome.problems().getFirst().message());
        }
        return change;
    }

    private static String summary(String kind, String account) {
        String noun = kind.isEmpty() ? "Touchpoint" : Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
        return noun + " with " + account + " logged";
    }

    private @Nullable String memberExternalId(Viewer viewer) {
        return database.sql("select external_id from identity.team_member where id = :id")
                .param("id", viewer.memberId())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** What was entered cannot be logged as it is. */
    public static final class NotLogged extends RuntimeException {

        private NotLogged(String message) {
            super(message);
        }
    }
}
