package io.perennial.success;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a customer says that the product did for them. */
public enum Impact {
    POSITIVE("Positive", "healthy"),
    NEUTRAL("Neutral", "watch"),
    NONE("None", "watch"),
    NEGATIVE("Negative", "risk");

    private final String title;
    private final String tone;

    Impact(String title, String tone) {
        this.title = title;
        this.tone = tone;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** Of its chip. */
    public String tone() {
        return tone;
    }

    public static Optional<Impact> find(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
