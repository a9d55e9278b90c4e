package io.perennial.defects;

import java.util.Arrays;
import java.util.Optional;

/** How much a defect hurts whom it hits. */
public enum Severity {
    CRITICAL("critical", "Critical", 8, "Work stands still or data is lost; no way around."),
    MAJOR("major", "Major", 3, "Something important does not work, or only by a detour."),
    MINOR("minor", "Minor", 1, "It disturbs, but the work gets done."),
    COSMETIC("cosmetic", "Cosmetic", 0, "It looks wrong.");

    private final String key;
    private final String title;
    private final int load;
    private final String meaning;

    Severity(String key, String title, int load, String meaning) {
        this.key = key;
        this.title = title;
        this.load = load;
        this.meaning = meaning;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** What an open one adds to an account's defect load. */
    public int load() {
        return load;
    }

    public String meaning() {
        return meaning;
    }

    /** Tone of its chip. */
    public @org.jspecify.annotations.Nullable String tone() {
        return this == CRITICAL ? "at-risk" : this == MAJOR ? "watch" : null;
    }

    public static Optional<Severity> find(String key) {
        return Arrays.stream(values())
                .filter(severity -> severity.key.equals(key))
                .findFirst();
    }
}
