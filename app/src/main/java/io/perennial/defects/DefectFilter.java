package io.perennial.defects;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the register shows. Empty words do not filter.
 *
 * @param state key of a {@link DefectState}, {@code open} (as when empty) or {@code all}
 */
public record DefectFilter(String words, String state, String severity, String product, String cause) {

    public static final DefectFilter OPEN = new DefectFilter("", "", "", "", "");

    public DefectFilter {
        words = cut(words);
        product = cut(product);
        cause = cut(cause);
    }

    public boolean isPlain() {
        return equals(OPEN);
    }

    /** As part of an address, to be appended to {@code ?}. */
    public String query() {
        return "q=" + encoded(words) + "&state=" + encoded(state) + "&severity=" + encoded(severity) + "&product="
                + encoded(product) + "&cause=" + encoded(cause);
    }

    String pattern() {
        return "%" + words.toLowerCase(Locale.ROOT).replaceAll("([%_\\\\])", "\\\\$1") + "%";
    }

    private static String cut(String text) {
        String plain = text.replace("\0", "").strip();
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
