package io.perennial.identity.keys;

import io.perennial.shared.SecretText;

/** The text of an API key: a {@link SecretText} that starts with {@code pk_live_}. */
public final class KeyText {

    public static final String PREFIX = "pk_live_";

    private static final SecretText TEXT = new SecretText(PREFIX);

    private KeyText() {}

    public static String fresh() {
        return TEXT.fresh();
    }

    static boolean isWellFormed(String text) {
        return TEXT.isWellFormed(text);
    }

    public static byte[] hash(String text) {
        return SecretText.hash(text);
    }

    /** The first characters, enough to tell keys apart in a list. */
    public static String shown(String text) {
        return TEXT.shown(text);
    }
}
