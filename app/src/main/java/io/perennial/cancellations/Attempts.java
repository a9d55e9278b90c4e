package io.perennial.cancellations;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import io.perennial.shared.Once;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Offers made to customers who leave, may leave or have left, and what they answered. Each is a record and can be undone. */
@Component
@Transactional
public class Attempts {

    private static final int SHOWN = 20;

    private final Written written;
    private final Accounts accounts;
    private final JdbcClient database;
    private final Clock clock;

    Attempts(Written written, Accounts accounts, JdbcClient database, Clock clock) {
        this.written = written;
        this.accounts = accounts;
        this.database = database;
        this.clock = clock;
    }

    /** @param change for undo; null when it was so already */
    public record Done(@Nullable UUID change, String words) {}

    /**
     * An attempt.
     *
     * @param purpose save or win_back
     * @param result open, saved or lost
     */
    public record Attempt(
            UUID id,
            AccountId account,
            String purpose,
            String offer,
            LocalDate madeOn,
            @Nullable String member,
            @Nullable String answer,
            String result,
            @Nullable LocalDate resultOn) {

        public boolean isOpen() {
            return result.equals("open");
        }

        public String resultTitle() {
            return title(purpose, result);
        }

        static String title(String purpose, String result) {
            return switch (result) {
                case "saved" -> purpose.equals("win_back") ? "won back" : "saved";
                case "lost" -> purpose.equals("win_back") ? "declined" : "lost";
                default -> "open";
            };
        }

        public @Nullable String tone() {
            return switch (result) {
                case "saved" -> "healthy";
                case "lost" -> "at-risk";
                default -> "accent";
            };
        }
    }

    /**
     * Makes an offer, today unless another day is said.
     *
     * @param purpose save or win_back
     * @param loss the cancellation it is about; null while the customer only thinks of leaving
     * @param key that the form carries, so that sending it twice makes one offer
     * @throws CannotRecord naming the field
     */
    public Done offer(
            AccountId account,
            String purpose,
            @Nullable UUID loss,
            String offer,
            String madeOn,
            String key,
            Viewer viewer) {
        AccountCard card = mine(account, viewer);
        if (offer.isBlank()) {
            throw new CannotRecord("offer", "Choose what is offered.");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", card.externalId());
        values.put("purpose", purpose.equals("win_back") ? "win_back" : "save");
        values.put("cancellation", loss == null ? null : externalId(loss, account));
        values.put("offer", offer.strip());
        values.put("made_on", madeOn.isBlank() ? today().toString() : madeOn.strip());
        values.put("member", colleague(viewer));
        UUID change = written.one(
                CancellationRecords.ATTEMPTS,
                "offer-" + (key.matches("[0-9a-f-]{36}") ? key : UUID.randomUUID()),
                values,
                viewer,
                card.name() + " was offered: " + offer.strip());
        return new Done(change, card.name() + " was offered: " + offer.strip() + ".");
    }

    /**
     * Says what came of an offer.
     *
     * @param result open, saved or lost
     * @throws CannotRecord naming the field
     */
    public Done decide(UUID attempt, String result, String answer, String resultOn, Viewer viewer) {
        Known known = database.sql("""
                select t.external_id, t.account_id, t.purpose, t.offer from cancellations.attempt t where t.id = :id
                """)
                .param("id", attempt)
                .query((row, number) -> new Known(
                        row.getString("external_id"),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("purpose"),
                        row.getString("offer")))
                .optional()
                .orElseThrow(NoSuchElementException::new);
        AccountCard card = mine(known.account(), viewer);
        boolean open = result.equals("open");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("result", result);
        values.put("result_on", open ? null : resultOn.isBlank() ? today().toString() : resultOn.strip());
        if (!answer.isBlank()) {
            values.put("answer", answer.replace("\r\n", "\n").strip());
        }
        String words = card.name() + ": " + known.offer() + " is " + Attempt.title(known.purpose(), result);
        return new Done(
                written.one(CancellationRecords.ATTEMPTS, known.externalId(), values, viewer, words), words + ".");
    }

    private record Known(String externalId, AccountId account, String purpose, String offer) {}

    private AccountCard mine(AccountId account, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new CannotRecord("", "Your role looks at offers and makes none.");
        }
        return accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
    }

    private @Nullable String externalId(UUID loss, AccountId account) {
        return database.sql("select external_id from contracts.cancellation where id = :id and account_id = :account")
                .param("id", loss)
                .param("account", account.value())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private @Nullable String colleague(Viewer viewer) {
        return database.sql("select external_id from identity.team_member where id = :id")
                .param("id", viewer.memberId())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Latest first. Whoever asks may see the account. */
    @Transactional(readOnly = true)
    public List<Attempt> of(AccountId account) {
        return database.sql("""
                select t.*, m.name as member from cancellations.attempt t
                left join identity.team_member m on m.id = t.member_id
                where t.account_id = :account order by t.made_on desc, t.id desc limit :limit
                """)
                .param("account", account.value())
                .param("limit", SHOWN)
                .query((row, number) -> attempt(row))
                .list();
    }

    /** The same for several parts of one page about this account. */
    @Transactional(readOnly = true)
    public List<Attempt> of(AccountId account, Once page) {
        return page.of(this, () -> of(account));
    }

    static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("purpose"),
                row.getString("offer"),
                row.getObject("made_on", LocalDate.class),
                row.getString("member"),
                row.getString("answer"),
                row.getString("result"),
                row.getObject("result_on", LocalDate.class));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
