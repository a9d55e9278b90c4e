package io.perennial.cancellations;

import io.perennial.accounts.AccountCard;
import io.perennial.accounts.Accounts;
import io.perennial.contracts.ReasonCategory;
import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The conversation with somebody who leaves, question by question, kept as typed and as far as it went. One for each cancellation; it
 * stands beside the survey, because a chosen word does not say why.
 */
@Component
@Transactional
public class Interviews {

    private final Written written;
    private final Accounts accounts;
    private final AccountLosses losses;
    private final JdbcClient database;
    private final Clock clock;

    Interviews(Written written, Accounts accounts, AccountLosses losses, JdbcClient database, Clock clock) {
        this.written = written;
        this.accounts = accounts;
        this.losses = losses;
        this.database = database;
        this.clock = clock;
    }

    /** @param column of the record, and name of the field */
    public record Question(String column, String title, String hint) {}

    /** What matters: what changed, expected value, use, service, the alternative, and what would have kept them. */
    public static final List<Question> QUESTIONS = List.of(
            new Question(
                    "what_changed",
                    "What changed since they bought?",
                    "People, goals, budget, business. When did they first think of leaving?"),
            new Question(
                    "expected_value",
                    "What did they expect, and what did they get?",
                    "The outcome that they bought it for, in their own numbers. Who could not justify the cost, and to whom?"),
            new Question(
                    "fit_and_use",
                    "What was missing, or hard to use?",
                    "Who used it, who never began, who stopped; what they worked around."),
            new Question(
                    "service_experience",
                    "How were onboarding, support and the people?",
                    "What they waited for, what was promised and not kept, who was good."),
            new Question(
                    "alternatives",
                    "What do they do instead, and why that?",
                    "A competitor, their own tools, nothing. What decided it?"),
            new Question(
                    "would_have_kept",
                    "What would have kept them?",
                    "A smaller program, a price, a feature, a person; and did anybody offer it?"),
            new Question(
                    "would_return",
                    "Under which conditions would they come back?",
                    "When we may call again, and whom."));

    /** An interview as it stands. */
    public record Interview(
            String externalId,
            int version,
            LocalDate heldOn,
            @Nullable UUID contact,
            @Nullable String member,
            @Nullable String reason,
            Map<String, String> answers,
            boolean finished) {

        public String reasonTitle() {
            return reason == null ? "" : ReasonCategory.titleOf(reason);
        }

        public long answered() {
            return answers.values().stream().filter(text -> !text.isEmpty()).count();
        }
    }

    @Transactional(readOnly = true)
    public Optional<Interview> of(UUID loss) {
        return database.sql("""
                select i.*, m.name as member from cancellations.interview i
                left join identity.team_member m on m.id = i.member_id
                where i.cancellation_id = :loss order by i.held_on desc, i.id desc limit 1
                """)
                .param("loss", loss)
                .query((row, number) -> interview(row))
                .optional();
    }

    private static Interview interview(ResultSet row) throws SQLException {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Question question : QUESTIONS) {
            answers.put(question.column(), Objects.requireNonNullElse(row.getString(question.column()), ""));
        }
        return new Interview(
                row.getString("external_id"),
                row.getInt("version"),
                row.getObject("held_on", LocalDate.class),
                row.getObject("contact_id", UUID.class),
                row.getString("member"),
                row.getString("reason"),
                answers,
                row.getBoolean("finished"));
    }

    /**
     * Keeps what was typed, however little.
     *
     * @param seen version that the form showed; 0 for none
     * @return the change, for undo; null when nothing changed
     * @throws CannotRecord naming the field
     */
    public @Nullable UUID keep(AccountId account, UUID loss, int seen, Map<String, String> typed, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new CannotRecord("", "Your role reads interviews and holds none.");
        }
        AccountCard card = accounts.find(account, viewer).orElseThrow(NoSuchElementException::new);
        AccountLosses.Recorded about = losses.find(account, loss).orElseThrow(NoSuchElementException::new);
        String externalId = of(loss).map(Interview::externalId).orElse("interview-" + loss);
        if (written.lockedVersion(CancellationRecords.INTERVIEWS, externalId) != seen) {
            throw new CannotRecord(
                    "",
                    "A colleague has changed it meanwhile. What you typed is below and not saved; look and save again.");
        }
        String heldOn = said(typed, "heldOn");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("account", card.externalId());
        values.put("cancellation", about.externalId());
        values.put(
                "held_on",
                heldOn.isEmpty()
                        ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString()
                        : heldOn);
        values.put("contact", person(account, said(typed, "contact")));
        values.put("reason", orNull(said(typed, "reason")));
        for (Question question : QUESTIONS) {
            values.put(question.column(), orNull(said(typed, question.column())));
        }
        values.put("finished", typed.containsKey("finished") ? "true" : "false");
        if (seen == 0) {
            values.put(
                    "member",
                    database.sql("select external_id from identity.team_member where id = :id")
                            .param("id", viewer.memberId())
                            .query(String.class)
                            .optional()
                            .orElse(null));
        }
        return written.one(
                CancellationRecords.INTERVIEWS, externalId, values, viewer, card.name() + ": exit interview kept");
    }

    private @Nullable String person(AccountId account, String contact) {
        return accounts.contacts(account).stream()
                .filter(one -> one.id().toString().equals(contact))
                .map(io.perennial.accounts.Contact::externalId)
                .findFirst()
                .orElse(null);
    }

    private static String said(Map<String, String> typed, String name) {
        return Objects.requireNonNullElse(typed.get(name), "")
                .replace("\r\n", "\n")
                .strip();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
