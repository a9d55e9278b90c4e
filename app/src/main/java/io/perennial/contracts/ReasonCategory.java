package io.perennial.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why customers leave: what every reason counts as, whatever words it came in. */
public enum ReasonCategory {
    COST("Cost", Family.COST_VALUE_BUDGET),
    VALUE("Value not seen", Family.COST_VALUE_BUDGET),
    BUDGET("Budget", Family.COST_VALUE_BUDGET),
    NO_LONGER_USED("No longer used", Family.NO_LONGER_USED),
    BAD_FIT("Bad fit", Family.NO_LONGER_USED),
    COMPETITOR("Competitor", Family.NO_LONGER_USED),
    PRODUCT_MATURITY("Product reached maturity", Family.MATURITY),
    POOR_SERVICE("Poor service", Family.SERVICE),
    OUT_OF_BUSINESS("Out of business", Family.OUTSIDE),
    OTHER("Other", Family.NOT_SAID),
    UNKNOWN("Not known", Family.NOT_SAID);

    private final String title;
    private final Family family;

    ReasonCategory(String title, Family family) {
        this.title = title;
        this.family = family;
    }

    /** The reasons as the field groups them, the most frequent first. */
    public enum Family {
        COST_VALUE_BUDGET("Cost, value or budget"),
        NO_LONGER_USED("Product no longer used"),
        MATURITY("Product reached maturity"),
        SERVICE("Poor service quality"),
        OUTSIDE("Outside anybody's control"),
        NOT_SAID("Other, or not known");

        private final String title;

        Family(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public List<ReasonCategory> categories() {
            return Arrays.stream(ReasonCategory.values())
                    .filter(one -> one.family == this)
                    .toList();
        }
    }

    public String title() {
        return title;
    }

    public Family family() {
        return family;
    }

    /** As stored and as the API says it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReasonCategory> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }

    /** The title of a stored key. */
    public static String titleOf(String key) {
        return of(key).map(ReasonCategory::title).orElse(key);
    }
}
