package io.perennial.renewals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody expects of a renewal. */
public enum Call {
    COMMIT("Commit", "The customer said so.", "healthy"),
    LIKELY("Likely", "Nothing speaks against it.", "accent"),
    RISK("At risk", "Something speaks against it.", "watch"),
    LOST("Lost", "The customer will leave.", "at-risk"),
    /** No opinion yet; refused when less than three months are left. */
    MONITOR("Monitor", "Too early to say.", null);

    private final String title;
    private final String meaning;
    private final @Nullable String tone;

    Call(String title, String meaning, @Nullable String tone) {
        this.title = title;
        this.meaning = meaning;
        this.tone = tone;
    }

    public static Optional<Call> find(String key) {
        return Arrays.stream(values()).filter(call -> call.key().equals(key)).findFirst();
    }

    public static @Nullable Call orNone(@Nullable String key) {
        return key == null ? null : valueOf(key.toUpperCase(Locale.ROOT));
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public @Nullable String tone() {
        return tone;
    }

    /** Whether it counts on the renewal. */
    public boolean expects() {
        return this == COMMIT || this == LIKELY;
    }

    /** Whether it says anything at all. */
    public boolean says() {
        return this != MONITOR;
    }
}
