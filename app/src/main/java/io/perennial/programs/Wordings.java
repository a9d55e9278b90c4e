package io.perennial.programs;

import io.perennial.platform.web.Wording;
import io.perennial.programs.Entitlements.Decision;
import io.perennial.programs.Entitlements.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The rule of a unit applied to a request, in a sentence that the customer may read as well as we. */
final class Wordings {

    private Wordings() {}

    /**
     * @param running pots of the unit
     * @param approved whether somebody has agreed to what goes beyond
     * @param free the unit that nobody counts unless the program does
     */
    static Decision decide(String unit, BigDecimal amount, List<Pot> running, boolean approved, String free) {
        if (running.isEmpty()) {
            return unit.equals(free)
                    ? new Decision(Rule.ALLOW, "Requests are not counted.", null, null)
                    : new Decision(
                            Rule.APPROVAL,
                            "The program does not include " + unit.replace('-', ' ') + ". Somebody has to approve it.",
                            BigDecimal.ZERO,
                            null);
        }
        BigDecimal left = sum(running.stream().map(Pot::left).toList());
        BigDecimal after = left.subtract(amount);
        Pot pot = running.getFirst();
        String term =
                " of " + Wording.amount(sum(running.stream().map(Pot::granted).toList())) + " "
                        + lower(pot.title()) + " in the term until "
                        + Wording.day(pot.endsOn().minusDays(1));
        if (after.signum() >= 0) {
            return new Decision(
                    Rule.ALLOW,
                    pot.program() + " covers it: " + Wording.amount(after) + term + " are left then.",
                    after,
                    null);
        }
        String beyond = pot.program() + " does not cover all of it: " + Wording.amount(left.max(BigDecimal.ZERO)) + term
                + " are left, " + Wording.amount(amount) + " asked for.";
        Rule strictest = running.stream().map(Pot::rule).max(Rule::compareTo).orElse(Rule.ALLOW);
        if (approved) {
            return new Decision(Rule.WARN, beyond + " What goes beyond was approved.", after, null);
        }
        return switch (strictest) {
            case ALLOW -> new Decision(Rule.ALLOW, beyond + " It is done all the same.", after, null);
            case WARN ->
                new Decision(Rule.WARN, beyond + " It is done, and counts as beyond the program.", after, null);
            case APPROVAL -> new Decision(Rule.APPROVAL, beyond + " Somebody has to approve it.", left, null);
        };
    }

    static String lower(String title) {
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
