package io.perennial.metrics.revenue;

/**
 * A rate of what was due, by number or by value.
 *
 * @param base condition: belongs to the denominator
 * @param hit condition: belongs to the numerator
 * @param value whether a year's revenue is weighed, and not terms counted
 */
record RenewalSpec(RenewalSource source, String base, String hit, boolean value) {

    private static final String DECIDED = "f.outcome in ('renewed', 'lost') and not f.monthly";
    private static final String RENEWED = "f.outcome = 'renewed'";

    /** Of everything that was due and is decided. */
    static RenewalSpec of(RenewalSource source, boolean value) {
        return new RenewalSpec(source, DECIDED, RENEWED, value);
    }

    RenewalSpec where(String hitToo) {
        return new RenewalSpec(source, base, hit + " and " + hitToo, value);
    }

    /** Of what was renewed only. */
    RenewalSpec ofRenewed() {
        return new RenewalSpec(source, base + " and " + RENEWED, hit, value);
    }
}
