package io.perennial.campaigns;

import io.perennial.platform.web.Wording;
import java.time.LocalDate;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign did to the behaviour that it was to bring about: customers who were written to against customers who were held out
 * by chance, whoever of them really read anything. Customers count, not people, because whole customers were drawn; one counts as
 * reached when anybody of its people was. Only customers whose time is over are compared.
 *
 * @param written customers drawn to be written to, whose time is over
 * @param reached of them
 * @param heldOut customers drawn to get nothing, whose time is over
 * @param heldOutReached of them
 * @param waiting customers whose time is not over
 * @param next when the first of those is; null when there are none
 */
public record Effect(
        long written,
        long reached,
        long heldOut,
        long heldOutReached,
        long waiting,
        @Nullable LocalDate next) {

    /** Below that on either side nothing is said: the interval would be wider than anything that could be true. */
    static final int ENOUGH = 30;

    private static final double LEVEL = 0.95;

    public boolean isEnough() {
        return Math.min(written, heldOut) >= ENOUGH;
    }

    /** In percentage points. */
    public double difference() {
        return 100 * (share(reached, written) - share(heldOutReached, heldOut));
    }

    public double writtenShare() {
        return 100 * share(reached, written);
    }

    public double heldOutShare() {
        return 100 * share(heldOutReached, heldOut);
    }

    /** Lower end at 95 %: Newcombe's hybrid score interval (1998, Statistics in Medicine 17:873, method 10), in points. */
    public double low() {
        ConfidenceInterval one = wilson(reached, written);
        ConfidenceInterval other = wilson(heldOutReached, heldOut);
        double p = share(reached, written);
        double q = share(heldOutReached, heldOut);
        return 100 * (p - q - Math.hypot(p - one.getLowerBound(), other.getUpperBound() - q));
    }

    /** Upper end, see {@link #low()}. */
    public double high() {
        ConfidenceInterval one = wilson(reached, written);
        ConfidenceInterval other = wilson(heldOutReached, heldOut);
        double p = share(reached, written);
        double q = share(heldOutReached, heldOut);
        return 100 * (p - q + Math.hypot(one.getUpperBound() - p, q - other.getLowerBound()));
    }

    /** Whether the interval leaves zero out. */
    public boolean isClear() {
        return isEnough() && (low() > 0 || high() < 0);
    }

    /** The finding in a sentence; never speaks of an effect that the interval does not show. */
    public String headline() {
        if (written == 0 && heldOut == 0) {
            return next == null
                    ? "Nobody is in it yet"
                    : "Not enough yet: the first customers are due on " + Wording.day(next);
        }
        if (heldOut == 0 && waiting == 0) {
            return "Nobody was held out, so nothing can be said about what it did";
        }
        if (!isEnough()) {
            return "Not enough yet: " + Wording.count(written) + " customers written to and " + Wording.count(heldOut)
                    + " held out; " + ENOUGH + " on each side say something";
        }
        if (!isClear()) {
            return "No difference that these customers could show";
        }
        return difference() > 0 ? "It raised what it was to raise" : "It did the opposite of what it was to do";
    }

    /** {@code +12 points, 95 % interval +3 to +21}. */
    public String figures() {
        return "%+.0f points, 95 %% interval %+.0f to %+.0f".formatted(difference(), low(), high());
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }

    private static ConfidenceInterval wilson(long some, long all) {
        return new WilsonScoreInterval().createInterval((int) Math.max(1, all), (int) some, LEVEL);
    }
}
