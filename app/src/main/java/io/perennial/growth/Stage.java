package io.perennial.growth;

import java.util.Locale;
import java.util.Optional;

/** How far an opportunity is; each has the probability that counts when nobody says another. */
public enum Stage {
    FOUND("Found", 10),
    QUALIFIED("Qualified", 25),
    PROPOSED("Proposed", 50),
    NEGOTIATION("Negotiation", 75),
    WON("Won", 100),
    LOST("Lost", 0);

    private final String title;
    private final int usual;

    Stage(String title, int usual) {
        this.title = title;
        this.usual = usual;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** Percent. */
    public int usual() {
        return usual;
    }

    public boolean open() {
        return this != WON && this != LOST;
    }

    public static Optional<Stage> find(String key) {
        for (Stage stage : values()) {
            if (stage.key().equals(key)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }
}
