package io.perennial.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
    CAUSE("Cause");

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
