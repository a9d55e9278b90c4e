package io.perennial.cases.desk;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a case stands. */
public enum CaseState {
    /** It is our turn. */
    OPEN("open", "Open", "open", null),
    /** The customer is asked; clocks rest. */
    WAITING("waiting", "Waiting for customer", "waiting for customer", null),
    /** Somebody else is asked; clocks rest. */
    ON_HOLD("on-hold", "On hold", "on hold", "watch"),
    RESOLVED("resolved", "Resolved", "resolved", "healthy"),
    CLOSED("closed", "Closed", "closed", null);

    private final String key;
    private final String title;
    private final String status;
    private final @Nullable String tone;

    CaseState(String key, String title, String status, @Nullable String tone) {
        this.key = key;
        this.title = title;
        this.status = status;
        this.tone = tone;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** As the record's free text says it. */
    String status() {
        return status;
    }

    public @Nullable String tone() {
        return tone;
    }

    public boolean isOver() {
        return this == RESOLVED || this == CLOSED;
    }

    public boolean rests() {
        return this == WAITING || this == ON_HOLD;
    }

    public static CaseState of(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("There is no state " + key));
    }

    public static Optional<CaseState> find(String key) {
        return Arrays.stream(values()).filter(state -> state.key.equals(key)).findFirst();
    }
}
