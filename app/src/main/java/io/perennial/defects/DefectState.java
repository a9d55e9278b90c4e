package io.perennial.defects;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a defect is. Any state may follow any other: what was fixed comes back, what was refused is taken up after all. */
public enum DefectState {
    SUSPECTED("suspected", "Suspected", false, null),
    CONFIRMED("confirmed", "Confirmed", false, "watch"),
    KNOWN_ISSUE("known-issue", "Known issue", false, "watch"),
    FIX_PLANNED("fix-planned", "Fix planned", false, "accent"),
    FIXED("fixed", "Fixed and released", true, "healthy"),
    WONT_FIX("wont-fix", "Will not fix", true, null);

    private final String key;
    private final String title;
    private final boolean settled;
    private final @Nullable String tone;

    DefectState(String key, String title, boolean settled, @Nullable String tone) {
        this.key = key;
        this.title = title;
        this.settled = settled;
        this.tone = tone;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** Nobody works on it any more, and it counts as no burden. */
    public boolean isSettled() {
        return settled;
    }

    public @Nullable String tone() {
        return tone;
    }

    public static Optional<DefectState> find(String key) {
        return Arrays.stream(values()).filter(state -> state.key.equals(key)).findFirst();
    }
}
