package io.perennial.health.signals;

import io.perennial.accounts.AccountIds;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens, refreshes and closes signals as readings come and go. */
@Component
public class SignalBook {

    /** A signal that a person finished while its cause stands may come back as a new episode after this many days. */
    private static final int QUIET_AFTER_DONE_DAYS = 30;

    private final JdbcClient database;

    SignalBook(JdbcClient database) {
        this.database = database;
    }

    /**
     * Brings the signals of these accounts in line with what is known, in the caller's transaction.
     *
     * @return whether any signal opened, changed or closed
     */
    public boolean update(List<Judged> accounts, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<AccountId, Map<String, Standing>> standing =
                standing(accounts.stream().map(Judged::account).toList());
        SignalChanges changes = new SignalChanges();
        for (Judged judged : accounts) {
            Map<String, Standing> own = standing.getOrDefault(judged.account(), Map.of());
            for (SignalRule rule : SignalRules.ALL) {
                Standing present = own.get(rule.cause());
                boolean open = present != null && present.active();
                Verdict verdict = rule.of(new Situation(judged.readings(), judged.score(), today, open));
                decide(judged, rule, verdict, present, today, changes);
            }
        }
        return changes.write(database, now);
    }

    /**
     * The same for accounts of which only the score is new, without a look at their facts.
     *
     * @return those whose signals cannot be told without; nothing of theirs was written
     */
    public Set<AccountId> reweigh(List<Reweighed> accounts, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<AccountId, Map<String, Standing>> standing =
                standing(accounts.stream().map(Reweighed::account).toList());
        SignalChanges changes = new SignalChanges();
        Set<AccountId> unsettled = new HashSet<>();
        for (Reweighed one : accounts) {
            SignalChanges own = new SignalChanges();
            if (one.settle(standing.getOrDefault(one.account(), Map.of()), today, own)) {
                changes.add(own);
            } else {
                unsettled.add(one.account());
            }
        }
        changes.write(database, now);
        return unsettled;
    }

    public static String title(String cause) {
        return SignalRules.named(cause).map(SignalRule::title).orElse(cause.replace('_', ' '));
    }

    /** The causes in force, in the order of the rules. */
    public static List<String> causes() {
        return SignalRules.ALL.stream().map(SignalRule::cause).toList();
    }

    /** What every rule asks of this account, what it finds and what comes of it. */
    public List<Explained> explain(AccountId account, AccountReadings readings, Score score, LocalDate today) {
        Map<String, Standing> own = standing(List.of(account)).getOrDefault(account, Map.of());
        return SignalRules.ALL.stream()
                .map(rule -> {
                    Standing present = own.get(rule.cause());
                    boolean open = present != null && present.active();
                    Verdict verdict = rule.of(new Situation(readings, score, today, open));
                    return new Explained(
                            rule.cause(),
                            rule.title(),
                            rule.remedy(),
                            verdict.fires(),
                            words(verdict, present),
                            verdict.checks());
                })
                .toList();
    }

    private static String words(Verdict verdict, @Nullable Standing present) {
        if (present != null && present.active()) {
            return switch (verdict.fires()) {
                case YES -> "It stands: " + verdict.evidence() + ".";
                case NO -> "It stands and closes at the next look: the cause is gone.";
                case UNKNOWN -> "It stands, although what is needed to judge it is not known any more.";
            };
        }
        if (present != null) {
            return "It was finished while its cause stands; it fires again when the cause comes back, or after "
                    + QUIET_AFTER_DONE_DAYS + " days.";
        }
        return switch (verdict.fires()) {
            case YES -> "It fires at the next look: " + verdict.evidence() + ".";
            case NO -> "It does not fire: a condition is not met.";
            case UNKNOWN -> "It cannot be judged: something it needs is not known.";
        };
    }

    private static void decide(
            Judged judged,
            SignalRule rule,
            Verdict verdict,
            @Nullable Standing present,
            LocalDate today,
            SignalChanges changes) {
        switch (verdict.fires()) {
            case UNKNOWN -> {
                // What cannot be seen any more neither opens nor closes anything.
            }
            case NO -> {
                if (present != null) {
                    changes.close(present, judged.readings().left() ? "The customer left." : "The cause is gone.");
                }
            }
            case YES -> {
                if (present == null) {
                    changes.open(judged.account(), rule, verdict);
                } else if (present.active()) {
                    changes.refresh(present, verdict, present.wakesOn(today));
                } else if (present.mayFireAgain(today)) {
                    changes.close(present, "");
                    changes.open(judged.account(), rule, verdict);
                }
            }
        }
    }

    private Map<AccountId, Map<String, Standing>> standing(Collection<AccountId> accounts) {
        Map<AccountId, Map<String, Standing>> standing = new HashMap<>();
        database.sql("""
                        select id, account_id, cause, state, urgency, evidence, snoozed_until,
                               (closed_at at time zone 'UTC')::date as closed_on
                        from health.signal
                        where account_id = any(:ids)
                          and (state in ('open', 'acknowledged', 'snoozed') or not cause_gone)
                        """)
                .param("ids", AccountIds.array(accounts))
                .query((row, number) -> new Standing(
                        row.getObject("id", UUID.class),
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("cause"),
                        row.getString("state"),
                        row.getString("urgency"),
                        row.getString("evidence"),
                        row.getObject("snoozed_until", LocalDate.class),
                        row.getObject("closed_on", LocalDate.class)))
                .list()
                .forEach(signal -> standing.computeIfAbsent(signal.account(), id -> new HashMap<>())
                        .merge(signal.cause(), signal, (one, other) -> one.active() ? one : other));
        return standing;
    }

    /**
     * A rule applied to one account.
     *
     * @param words the verdict as a sentence
     */
    public record Explained(
            String cause, String title, String remedy, Check.Answer fires, String words, List<Check> checks) {}

    /** An account as it was just scored. */
    public record Judged(AccountId account, AccountReadings readings, Score score) {}

    record Standing(
            UUID id,
            AccountId account,
            String cause,
            String state,
            String urgency,
            String evidence,
            @Nullable LocalDate snoozedUntil,
            @Nullable LocalDate closedOn) {

        boolean active() {
            return !state.equals("done") && !state.equals("closed");
        }

        boolean mayFireAgain(LocalDate today) {
            return closedOn != null && closedOn.plusDays(QUIET_AFTER_DONE_DAYS).isBefore(today);
        }

        boolean wakesOn(LocalDate today) {
            return state.equals("snoozed") && snoozedUntil != null && !snoozedUntil.isAfter(today);
        }
    }
}
