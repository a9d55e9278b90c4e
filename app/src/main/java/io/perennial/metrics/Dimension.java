package io.perennial.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** By what a figure can be cut. */
public enum Dimension {
    MONTH("Month"),
    TEAM("Team"),
    TEAM_MEMBER("Team member"),
    PROGRAM("Program"),
    PRODUCT("Product"),
    CUSTOMER("Customer"),
    PRIORITY("Priority"),
    CHANNEL("Channel"),
    CAUSE("Cause"),
    SEGMENT("Segment"),
    INDUSTRY("Industry"),
    COUNTRY("Country"),
    OWNER("Owner"),
    COHORT("First year"),
    CURRENCY("Currency"),
    GEOGRAPHY("Geography"),
    REASON("Reason");

    /** What a case says of itself, or what is known of it on its day. */
    public static final Set<Dimension> OF_CASES = Collections.unmodifiableSet(EnumSet.range(MONTH, CAUSE));

    /** What is known of a customer. */
    public static final Set<Dimension> OF_CUSTOMERS = Collections.unmodifiableSet(
            EnumSet.of(MONTH, SEGMENT, INDUSTRY, COUNTRY, OWNER, CUSTOMER, COHORT, CURRENCY));

    private final String title;

    Dimension(String title) {
        this.title = title;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public static Optional<Dimension> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
