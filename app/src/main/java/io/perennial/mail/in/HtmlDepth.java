package io.perennial.mail.in;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How deep HTML is nested, counted without building it: what nobody writes takes a parser minutes. */
final class HtmlDepth {

    /** The deepest newsletters stay below a hundred. */
    private static final int DEEPEST = 500;

    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})");
    private static final Set<String> NEVER_CLOSED = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
            "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option");

    private HtmlDepth() {}

    static boolean isReasonable(String html) {
        Matcher tag = TAG.matcher(html);
        int depth = 0;
        while (tag.find()) {
            if (!NEVER_CLOSED.contains(tag.group(2).toLowerCase(Locale.ROOT))) {
                depth = tag.group(1).isEmpty() ? depth + 1 : Math.max(0, depth - 1);
            }
            if (depth > DEEPEST) {
                return false;
            }
        }
        return true;
    }

    /** The words alone, roughly. */
    static String words(String html) {
        return html.replaceAll("<[^<>]{0,1000}>", " ")
                .replaceAll("[ \\t]{2,}", " ")
                .strip();
    }
}
