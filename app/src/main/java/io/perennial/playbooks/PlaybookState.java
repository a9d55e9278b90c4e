package io.perennial.playbooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a playbook runs. Stored in lower case. */
public enum PlaybookState {
    DRAFT("Draft", "It is written and does nothing."),
    SHADOW("Shadow", "It says what it would do and does nothing."),
    ACTIVE("Active", "It runs."),
    PAUSED("Paused", "Nothing starts and nothing goes on; what began waits where it is.");

    private final String title;
    private final String meaning;

    PlaybookState(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    public String title() {
        return title;
    }

    public String meaning() {
        return meaning;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean looks() {
        return this == ACTIVE || this == SHADOW;
    }

    public static Optional<PlaybookState> find(String key) {
        return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
    }
}
