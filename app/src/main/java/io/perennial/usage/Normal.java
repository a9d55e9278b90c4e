package io.perennial.usage;

/** The standard normal distribution, exact to about 14 digits, in the tails too. */
final class Normal {

    private static final double TAIL = 3;
    private static final int TERMS = 200;
    private static final int HALVINGS = 200;

    private Normal() {}

    static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** P(Z > z). */
    static double above(double z) {
        if (z < 0) {
            return 1 - above(-z);
        }
        return z > TAIL ? density(z) / fraction(z) : 0.5 - density(z) * series(z);
    }

    /** Density over what lies above: how soon what has lasted so long ends. */
    static double hazard(double z) {
        return z > TAIL ? fraction(z) : density(z) / above(z);
    }

    static double quantile(double share) {
        double low = -40;
        double high = 40;
        for (int i = 0; i < HALVINGS && high - low > 1e-14; i++) {
            double middle = (low + high) / 2;
            if (above(middle) > 1 - share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** z + z^3/3 + z^5/15 + ... */
    private static double series(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; n < TERMS && term > sum * 1e-17; n++) {
            term *= z * z / (2 * n + 1);
            sum += term;
        }
        return sum;
    }

    /** The inverse of Mills' ratio as a continued fraction, for the upper tail. */
    private static double fraction(double z) {
        double below = z;
        for (int n = TERMS; n > 0; n--) {
            below = z + n / below;
        }
        return below;
    }
}
