package io.perennial.campaigns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places in braces: {@code {first_name}} is the reader's value, {@code {title|colleague}} has a word for readers of whom
 * none is known. Nothing but names and words: no conditions, no code. Cut into pieces once and put together for each reader.
 */
final class Template {

    /** What a text may say of its reader, with what it means. */
    static final Map<String, String> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("first_name", "first word of the reader's name");
        PLACES.put("name", "the reader's name");
        PLACES.put("title", "what they are at the customer");
        PLACES.put("customer", "name of the account");
        PLACES.put("csm", "owner of the account");
        PLACES.put("csm_email", "address of the owner");
        PLACES.put("feature", "the feature that the campaign is about");
        PLACES.put("seats", "seats that the customer bought");
        PLACES.put("active_users", "people at the customer who were active in 28 days");
    }

    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]{1,40})(?:\\|([^{}|\\n]{0,200}))?}");

    /** Looks like a place and is none: refused while it is written, not found in a customer's letter. */
    private static final Pattern BRACES = Pattern.compile("\\{[^{}\\n]{0,80}}|\\{\\{|}}");

    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)\\n]*\\{|<[a-z]+://[^>\\n]*\\{");

    private final List<Piece> pieces;

    private Template(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** @param place null: the words stand as they are */
    private record Piece(@Nullable String place, String words, boolean hasWords) {}

    static Template of(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (PLACES.containsKey(matcher.group(1))) {
                pieces.add(new Piece(null, text.substring(from, matcher.start()), true));
                String otherwise = matcher.group(2);
                pieces.add(new Piece(
                        matcher.group(1),
                        otherwise == null ? "" : otherwise.strip(),
                        otherwise != null && !otherwise.isBlank()));
                from = matcher.end();
            }
        }
        pieces.add(new Piece(null, text.substring(from), true));
        return new Template(List.copyOf(pieces));
    }

    /** @return what is wrong with a text, a sentence for its writer; null when nothing is */
    static @Nullable String problem(String text) {
        Matcher braces = BRACES.matcher(text);
        while (braces.find()) {
            Matcher place = PLACE.matcher(braces.group());
            if (!place.matches() || !PLACES.containsKey(place.group(1))) {
                return "Nobody knows what " + braces.group() + " is. There are "
                        + String.join(
                                ", ",
                                PLACES.keySet().stream()
                                        .map(one -> "{" + one + "}")
                                        .toList())
                        + ", each with a word for those without, as {title|colleague}.";
            }
        }
        return LINK_TARGET.matcher(text).find()
                ? "A link leads everybody to the same page: take the braces out of its address."
                : null;
    }

    /** Places that a reader must have a value for. */
    Set<String> needs() {
        Set<String> needs = new LinkedHashSet<>();
        pieces.forEach(piece -> {
            if (piece.place() != null && !piece.hasWords()) {
                needs.add(piece.place());
            }
        });
        return needs;
    }

    /** The first place that this reader has no value for; null when the text can be written. */
    @Nullable
    String missing(Map<String, String> values) {
        return needs().stream()
                .filter(place -> values.getOrDefault(place, "").isBlank())
                .findFirst()
                .orElse(null);
    }

    /** In one pass, so that a name with braces stays a name. */
    String filled(Map<String, String> values) {
        return filled(values, false);
    }

    /** The same for a text that is HTML: what comes from outside is only words in it. */
    String filledHtml(Map<String, String> values) {
        return filled(values, true);
    }

    private String filled(Map<String, String> values, boolean html) {
        StringBuilder filled = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.place() == null) {
                filled.append(piece.words());
                continue;
            }
            String value = values.getOrDefault(piece.place(), "").strip();
            if (value.isEmpty()) {
                // What the template says was escaped with it.
                filled.append(piece.words());
            } else {
                filled.append(html ? escaped(value) : value);
            }
        }
        return filled.toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
