package io.perennial.usage;

import org.jspecify.annotations.Nullable;

/** Shares per mille, as pages write and colour them. */
public final class Share {

    private static final int STEP = 200;

    private Share() {}

    /** {@code 31 %}; a dash where nothing is known, {@code used} where only that is. */
    public static String text(@Nullable Integer perMille) {
        if (perMille == null) {
            return "–";
        }
        if (perMille < 0) {
            return "used";
        }
        return perMille > 0 && perMille < 5 ? "< 1 %" : Math.round(perMille / 10.0) + " %";
    }

    /** Step of the heat map, from 0 for nothing to 5. */
    public static int heat(@Nullable Integer perMille) {
        return perMille == null || perMille <= 0 ? 0 : Math.min(5, 1 + (perMille - 1) / STEP);
    }
}
