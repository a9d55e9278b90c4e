package io.perennial.metrics.revenue;

/**
 * Whose time is looked at, and what ends it.
 *
 * @param graced whether who renews late was a customer meanwhile
 * @param within whether everybody is looked at within the period, and not who began in it until today
 * @param last whether only the last loss counts: who came back has not left
 */
enum Lives {
    STANDARD(true, false, false),
    AS_RUN(false, false, false),
    PERIOD(true, true, false),
    UNTIL_LAST(true, false, true);

    private final boolean graced;
    private final boolean within;
    private final boolean last;

    Lives(boolean graced, boolean within, boolean last) {
        this.graced = graced;
        this.within = within;
        this.last = last;
    }

    boolean graced() {
        return graced;
    }

    boolean within() {
        return within;
    }

    boolean last() {
        return last;
    }
}
