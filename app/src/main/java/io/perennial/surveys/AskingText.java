package io.perennial.surveys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places such as {@code {{contact.first_name}}} or {@code {{contact.first_name|colleague}}}. There is no logic in it: a
 * place is one of four names, and what is filled in is never read again. A place that nothing is known for and that has no
 * words of its own goes away with the blank before it.
 */
final class AskingText {

    /** What may be filled in. */
    static final Set<String> PLACES =
            new TreeSet<>(Set.of("contact.first_name", "contact.name", "account.name", "owner.name"));

    private static final Pattern PLACE = Pattern.compile("( ?)\\{\\{([^{}]*)}}");

    private AskingText() {}

    /** @throws SurveyRefused naming the first place that is none */
    static void check(String field, String text) {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            String name = name(places.group(2));
            if (!PLACES.contains(name)) {
                String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
                throw new SurveyRefused(
                        field,
                        "“{{" + shown + "}}” cannot be filled in. Known are " + String.join(", ", PLACES)
                                + "; {{contact.first_name|colleague}} says what stands there when the name is not known.");
            }
        }
    }

    static String fill(String text, Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(filled(place, values)));
    }

    private static String filled(java.util.regex.MatchResult place, Map<String, String> values) {
        String inside = place.group(2);
        String name = name(inside);
        if (!PLACES.contains(name)) {
            return place.group();
        }
        String known = values.getOrDefault(name, "").strip();
        int bar = inside.indexOf('|');
        String said = known.isEmpty() && bar >= 0 ? inside.substring(bar + 1).strip() : known;
        return said.isEmpty() ? "" : place.group(1) + said;
    }

    /** Places of a text that nothing is known for, with or without words of their own. */
    static List<String> missing(String text, Map<String, String> values) {
        List<String> missing = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            String name = name(places.group(2));
            if (PLACES.contains(name) && values.getOrDefault(name, "").isBlank() && !missing.contains(name)) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static String name(String inside) {
        int bar = inside.indexOf('|');
        return (bar < 0 ? inside : inside.substring(0, bar)).strip();
    }
}
