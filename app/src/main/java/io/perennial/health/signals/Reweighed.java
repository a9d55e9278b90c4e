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
 * @param sameKnown whether the same readings are too old to count as when its signals were last looked at, which was
 *     today: then rules of readings alone say what they said
 * @param before the score at that time, nothing when it cannot be computed again
 */
public record Reweighed(
        AccountId account, AccountReadings readings, Score score, boolean sameKnown, Supplier<@Nullable Score> before) {

    /** What the new score changes about the signals that stand; compare {@link SignalBook#update}. */
    Settlement settle(Map<String, Standing> standing, LocalDate today) {
        Settlement settlement = new Settlement();
        for (SignalRule rule : sameKnown ? SignalRules.OF_THE_SCORE : SignalRules.ALL) {
            Standing present = standing.get(rule.cause());
            boolean open = present != null && present.active();
            Verdict verdict = rule.of(new Situation(readings, score, today, open));
            if (verdict.fires() == Check.Answer.NO && present != null) {
                settlement.changes().close(present, SignalBook.gone(readings));
            } else if (verdict.fires() == Check.Answer.YES) {
                if (present == null) {
                    settlement.say(verdict, said -> settlement.changes().open(account, rule, said));
                } else if (open) {
                    keeps(rule, verdict, present, today, settlement);
                } else if (present.mayFireAgain(today)) {
                    settlement.changes().close(present, "");
                    settlement.say(verdict, said -> settlement.changes().open(account, rule, said));
                }
            }
        }
        return settlement;
    }

    private void keeps(SignalRule rule, Verdict verdict, Standing present, LocalDate today, Settlement settlement) {
        String words = stored(rule, verdict, present, today);
        settlement.say(
                words == null ? verdict : verdict.in(words),
                said -> settlement.changes().refresh(present, said, present.wakesOn(today)));
    }

    /** The verdict on a signal that stands in words that were written down when the facts were at hand. */
    private @Nullable String stored(SignalRule rule, Verdict verdict, Standing present, LocalDate today) {
        Score then = before.get();
        if (then == null) {
            return null;
        }
        Verdict was = rule.of(new Situation(readings, then, today, true));
        Verdict opening = rule.of(new Situation(readings, then, today, false));
        boolean told = was.fires() == Check.Answer.YES
                // It may have been opened then, by the stricter limits, with other words.
                && (opening.fires() != Check.Answer.YES || opening.evidence().equals(was.evidence()));
        return told ? Blanks.fill(verdict.evidence(), was.evidence(), present.evidence()) : null;
    }
}
