package io.perennial.playbooks.text;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code {account}} and the like in the texts of steps. */
public final class Places {

    /** What there is; the last two in letters to contacts only. */
    public static final List<String> KNOWN =
            List.of("account", "owner", "evidence", "renews_on", "health", "arr", "contact", "first_name");

    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]{1,40})}");

    private Places() {}

    /** The first place that nobody knows, or empty. */
    static String unknown(String text) {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!KNOWN.contains(places.group(1))) {
                return places.group(1);
            }
        }
        return "";
    }

    public static String filled(String text, Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
