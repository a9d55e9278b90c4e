package io.perennial.health.signals;

import io.perennial.accounts.AccountIds;
import io.perennial.health.measures.SignalListener;
import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Reading;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens, refreshes and closes signals as readings come and go. */
@Component
public class SignalBook {

    /** A signal that a person finished while its cause stands may come back as a new episode after this many days. */
    private static final int QUIET_AFTER_DONE_DAYS = 30;

    private final JdbcClient database;
    private final ObjectProvider<SignalListener> listeners;

    SignalBook(JdbcClient database, ObjectProvider<SignalListener> listeners) {
        this.database = database;
        this.listeners = listeners;
    }

    private boolean write(SignalChanges changes, Instant now) {
        boolean written = changes.write(database, now);
        Set<AccountId> moved = changes.openedOrClosed();
        if (!moved.isEmpty()) {
            listeners.forEach(listener -> listener.moved(moved));
        }
        return written;
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
        return write(changes, now);
    }

    /**
     * The same for accounts of which only the score is new, without a look at all of their facts.
     *
     * @param words reads one measure of each account from the facts
     */
    public Settled reweigh(
            List<Reweighed> accounts, Function<Map<AccountId, String>, Map<AccountId, Reading>> words, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<SignalRule> asked =
                accounts.stream().allMatch(Reweighed::sameKnown) ? SignalRules.OF_THE_SCORE : SignalRules.ALL;
        Map<AccountId, Map<String, Standing>> standing =
                standing(accounts.stream().map(Reweighed::account).toList(), asked);
        Map<AccountId, Settlement> settlements = new LinkedHashMap<>();
        Map<AccountId, String> wanted = new HashMap<>();
        Settled settled = new Settled(new HashSet<>(), new HashSet<>());
        for (Reweighed one : accounts) {
            Settlement settlement = one.settle(standing.getOrDefault(one.account(), Map.of()), today);
            settlements.put(one.account(), settlement);
            settlement.wanted().forEach(measure -> wanted.merge(one.account(), measure, (first, other) -> ""));
        }
        Map<AccountId, Reading> found = words.apply(wanted);
        SignalChanges changes = new SignalChanges();
        for (Reweighed one : accounts) {
            Settlement settlement = Objects.requireNonNull(settlements.get(one.account()));
            String measure = wanted.get(one.account());
            if (measure != null && !told(settlement, measure, found.get(one.account()), one.readings())) {
                settled.unsettled().add(one.account());
            } else {
                changes.add(settlement.changes());
                if (settlement.changes().opensOrCloses()) {
                    settled.moved().add(one.account());
                }
            }
        }
        write(changes, now);
        return settled;
    }

    private static boolean told(
            Settlement settlement, String measure, @Nullable Reading found, AccountReadings readings) {
        Reading number = readings.readings().get(measure);
        if (found == null
                || number == null
                || found.value() != number.value()
                || found.evidence().isBlank()) {
            return false;
        }
        settlement.tell(measure, found.evidence());
        return true;
    }

    static String gone(AccountReadings readings) {
        return readings.left() ? "The customer left." : "The cause is gone.";
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
                    changes.close(present, gone(judged.readings()));
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
        return standing(accounts, SignalRules.ALL);
    }

    private Map<AccountId, Map<String, Standing>> standing(Collection<AccountId> accounts, List<SignalRule> rules) {
        Map<AccountId, Map<String, Standing>> standing = new HashMap<>();
        database.sql("""
                        select id, account_id, cause, state, urgency, evidence, snoozed_until,
                               (closed_at at time zone 'UTC')::date as closed_on
                        from health.signal
                        where account_id = any(:ids) and cause = any(:causes)
                          and (state in ('open', 'acknowledged', 'snoozed') or not cause_gone)
                        """)
                .param("ids", AccountIds.array(accounts))
                .param("causes", rules.stream().map(SignalRule::cause).toArray(String[]::new))
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

    /**
     * What came of accounts whose score alone is new.
     *
     * @param unsettled whose signals cannot be told without their facts; nothing of theirs was written
     * @param moved of whom a signal opened or closed
     */
    public record Settled(Set<AccountId> unsettled, Set<AccountId> moved) {}

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
