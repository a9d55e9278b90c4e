package io.perennial.health.signals;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Score;
import io.perennial.health.signals.SignalBook.Standing;
import io.perennial.shared.AccountId;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An account whose facts did not change and whose score did.
 *
 * @param readings with {@link Blanks} for evidence
 * @param score by the models in force
 * @param before the score when its signals were last looked at, nothing when it cannot be computed again
 */
public record Reweighed(AccountId account, AccountReadings readings, Score score, Supplier<@Nullable Score> before) {

    /**
     * Notes what the new score changes about the signals that stand.
     *
     * @return whether that is all; else the facts have to be asked and what was noted does not count
     */
    boolean settle(Map<String, Standing> standing, LocalDate today, SignalChanges changes) {
        for (SignalRule rule : SignalRules.ALL) {
            Standing present = standing.get(rule.cause());
            boolean open = present != null && present.active();
            Verdict verdict = rule.of(new Situation(readings, score, today, open));
            boolean settled = switch (verdict.fires()) {
                case UNKNOWN -> true;
                case NO -> present == null;
                case YES ->
                    present != null
                            && (open ? keeps(rule, verdict, present, today, changes) : !present.mayFireAgain(today));
            };
            if (!settled) {
                return false;
            }
        }
        return true;
    }

    /** A signal that stands goes on standing: do its stored words say what they would be put into now? */
    private boolean keeps(SignalRule rule, Verdict verdict, Standing present, LocalDate today, SignalChanges changes) {
        Score then = before.get();
        if (then == null || present.wakesOn(today)) {
            return false;
        }
        Verdict was = rule.of(new Situation(readings, then, today, true));
        Verdict opening = rule.of(new Situation(readings, then, today, false));
        if (was.fires() != Check.Answer.YES
                // It may have been opened then, by the stricter limits, with other words.
                || opening.fires() == Check.Answer.YES && !opening.evidence().equals(was.evidence())) {
            return false;
        }
        String words = Blanks.fill(verdict.evidence(), was.evidence(), present.evidence());
        if (words == null) {
            return false;
        }
        changes.refresh(present, verdict.in(words), false);
        return true;
    }
}
