package io.perennial.knowledge;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * Share of requests that self-service answered. The figure depends on its base, so each way is a definition of its own and
 * the page names the one it shows.
 */
public final class Deflection {

    /** What the page says about the figure it shows. */
    public static final String DEFINITION =
            "Visits in which somebody with a question read for themselves and did not write to us within 24 hours, divided by all"
                    + " such visits. A visit counts once its 24 hours are over. Visits are first openings of article links that"
                    + " stood in our answers: who was sent one had asked already, so this says how often an article was enough,"
                    + " not how many cases were never opened. Openings within two minutes of sending do not count, because"
                    + " programs that check mail open links; any later word counts, even a thank-you.";

    private Deflection() {}

    /**
     * Observed: the default.
     *
     * @param withIntent visits in which somebody began a case, 24 hours ago or longer
     * @param withoutCase of these, no case followed within 24 hours
     * @return 0 to 1; empty without such visits
     */
    public static OptionalDouble observed(long withIntent, long withoutCase) {
        if (withoutCase < 0 || withIntent < withoutCase) {
            throw new IllegalArgumentException(
                    "Of " + withIntent + " visits " + withoutCase + " cannot stay without case");
        }
        return withIntent == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) withoutCase / withIntent);
    }

    /** Resolved in self-service, of all that was resolved there or became a case; empty without either. */
    public static OptionalDouble resolvedShare(long resolvedAlone, long cases) {
        long all = resolvedAlone + cases;
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) resolvedAlone / all);
    }

    /** Users of the help centre for each user who opened a case: a ratio, 40 stands for 40:1; empty without cases. */
    public static OptionalDouble selfServiceScore(long helpCentreUsers, long caseUsers) {
        return caseUsers == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) helpCentreUsers / caseUsers);
    }

    /** Cases that users would have opened as often as before, less those they opened. Negative when they open more. */
    public static BigDecimal prevented(BigDecimal casesPerUserBefore, long users, long cases) {
        return casesPerUserBefore.multiply(BigDecimal.valueOf(users)).subtract(BigDecimal.valueOf(cases));
    }

    /** In the currency of the cost; the number of prevented cases is not rounded before. */
    public static BigDecimal savings(BigDecimal prevented, BigDecimal costPerCase) {
        return prevented.multiply(costPerCase);
    }
}
