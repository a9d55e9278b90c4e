package io.perennial.metrics.sales;

import io.perennial.metrics.Reason;

/**
 * One figure of service sales.
 *
 * @param value whether a year's money is weighed, and not rows counted
 * @param everybody whether rows that are left out for being at the top already stay in the base
 * @param around days around a sale within which service was sold with it
 * @param empty why there is no value without a base
 */
record SalesSpec(SalesSource source, boolean value, boolean everybody, int around, Reason empty) {

    /** The usual window. */
    static final int MONTH = 30;

    static SalesSpec of(SalesSource source, Reason empty) {
        return new SalesSpec(source, false, false, MONTH, empty);
    }

    SalesSpec byValue() {
        return new SalesSpec(source, true, everybody, around, empty);
    }

    SalesSpec ofEverybody() {
        return new SalesSpec(source, value, true, around, empty);
    }

    SalesSpec within(int days) {
        return new SalesSpec(source, value, everybody, days, empty);
    }

    /** The same of other rows. */
    SalesSpec from(SalesSource other) {
        return new SalesSpec(other, value, everybody, around, empty);
    }

    /** Condition: belongs to the denominator. */
    String base() {
        return everybody ? "f.status in ('hit', 'miss', 'at the top level already')" : "f.status in ('hit', 'miss')";
    }
}
