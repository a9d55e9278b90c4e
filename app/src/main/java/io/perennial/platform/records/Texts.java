package io.perennial.platform.records;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts, external ids and e-mail addresses: trimmed, bounded, without characters that hide or break. */
final class Texts {

    private static final int EMAIL_MAX = 254;
    private static final int EMAIL_LOCAL_MAX = 64;
    private static final int SHOWN = 200;

    private static final Pattern EMAIL_LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");
    private static final Pattern EMAIL_DOMAIN =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    private Texts() {}

    /** @return null when nothing but blanks is left */
    static @Nullable String text(String raw, int maxLength) throws BadValue {
        String text = raw.replace("\r\n", "\n").replace('\r', '\n').strip();
        if (text.isEmpty()) {
            return null;
        }
        requireReadable(text, true);
        requireLength(text, maxLength);
        return text;
    }

    /** Ids are compared exactly, letter case included: two systems may use ids that differ in case only. */
    static String externalId(String raw) throws BadValue {
        String id = raw.strip();
        if (id.isEmpty()) {
            throw new BadValue("required", "The external id is missing.");
        }
        requireReadable(id, false);
        requireLength(id, Limits.EXTERNAL_ID_LENGTH);
        return id;
    }

    static @Nullable String email(String raw) throws BadValue {
        String email = raw.strip().toLowerCase(Locale.ROOT);
        if (email.isEmpty()) {
            return null;
        }
        requireReadable(email, false);
        int at = email.lastIndexOf('@');
        if (at < 1 || at == email.length() - 1 || email.length() > EMAIL_MAX || at > EMAIL_LOCAL_MAX) {
            throw notAnEmail();
        }
        String local = email.substring(0, at);
        String domain = ascii(email.substring(at + 1));
        if (!EMAIL_LOCAL.matcher(local).matches()
                || !EMAIL_DOMAIN.matcher(domain).matches()) {
            throw notAnEmail();
        }
        return local + "@" + domain;
    }

    private static String ascii(String domain) throws BadValue {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw notAnEmail();
        }
    }

    private static BadValue notAnEmail() {
        return new BadValue("not_an_email", "This is not an e-mail address. Write one such as ana@example.com.");
    }

    static void requireLength(String text, int maxLength) throws BadValue {
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            throw new BadValue(
                    "too_long", "Longer than %,d characters (it has %,d). Shorten it.".formatted(maxLength, length));
        }
    }

    static void requireReadable(String text, boolean lines) throws BadValue {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)
                    || (Character.isISOControl(c) && !(lines && (c == '\n' || c == '\t')))) {
                throw new BadValue(
                        "control_character",
                        "Holds the invisible character U+%04X at position %d. Remove it.".formatted((int) c, i + 1));
            }
        }
    }

    /** For messages and error files: short, and safe to store and show. */
    static String shown(@Nullable Object raw) {
        if (raw == null) {
            return "";
        }
        String text = raw.toString();
        if (text.length() > SHOWN) {
            int end = Character.isHighSurrogate(text.charAt(SHOWN - 2)) ? SHOWN - 2 : SHOWN - 1;
            text = text.substring(0, end) + "…";
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> (Character.isISOControl(c) && c != '\n' && c != '\t')
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        ? 0xFFFD
                        : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
