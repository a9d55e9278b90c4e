package io.perennial.growth;

import java.util.Locale;
import java.util.Optional;

/** What kind of business an opportunity is. */
public enum OpportunityKind {
    ATTACH("Attach", "service with a product that was sold"),
    UPGRADE("Upgrade", "a higher program or plan"),
    EXPANSION("Expansion", "more of what they have"),
    CROSS_SELL("Cross-sell", "something they do not have yet"),
    RENEWAL_UPLIFT("Renewal uplift", "a higher price at the renewal"),
    WIN_BACK("Win-back", "something they had and gave up");

    private final String title;
    private final String meaning;

    OpportunityKind(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public static Optional<OpportunityKind> find(String key) {
        for (OpportunityKind kind : values()) {
            if (kind.key().equals(key)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
