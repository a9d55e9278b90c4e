package io.perennial.defects.notices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whom a notice is for. Kinds of words narrow each other, words of a kind widen: users of Planner <em>or</em> Reports
 * <em>and</em> in the segment Enterprise. Nothing said at all means nobody, unless {@code everybody} says otherwise.
 *
 * @param programs keys
 * @param roles of contacts; empty for all of them
 * @param defect whose affected accounts it is for
 * @param asked only those who asked to hear of that defect
 */
public record Audience(
        boolean everybody,
        List<String> products,
        List<String> programs,
        List<String> segments,
        List<String> roles,
        @Nullable UUID defect,
        boolean asked) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 100;

    public static final Audience NOBODY = new Audience(false, List.of(), List.of(), List.of(), List.of(), null, false);

    public Audience {
        products = some(products);
        programs = some(programs);
        segments = some(segments);
        roles = some(roles);
    }

    public static Audience affectedBy(UUID defect) {
        return new Audience(false, List.of(), List.of(), List.of(), List.of(), defect, false);
    }

    public static Audience askedFor(UUID defect) {
        return new Audience(false, List.of(), List.of(), List.of(), List.of(), defect, true);
    }

    /** Whether nobody was chosen yet. */
    public boolean isNobody() {
        return !everybody && products.isEmpty() && programs.isEmpty() && segments.isEmpty() && defect == null;
    }

    /** As a sentence without its end. */
    public String words() {
        if (isNobody()) {
            return "nobody chosen yet";
        }
        List<String> parts = new ArrayList<>();
        if (asked) {
            return "people who asked to hear of this defect";
        }
        if (defect != null) {
            parts.add("affected by the defect");
        }
        if (!products.isEmpty()) {
            parts.add("with " + String.join(" or ", products));
        }
        if (!programs.isEmpty()) {
            parts.add("in the program " + String.join(" or ", programs));
        }
        if (!segments.isEmpty()) {
            parts.add("of the segment " + String.join(" or ", segments));
        }
        return (roles.isEmpty()
                        ? "everybody at accounts"
                        : String.join(", ", roles).replace('_', ' ') + " at accounts")
                + (parts.isEmpty() ? ", all of them" : " " + String.join(" and ", parts));
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static Audience parse(String json) {
        return json.equals("{}") ? NOBODY : JSON.readValue(json, Audience.class);
    }

    /** For comparison with small letters. */
    static String[] small(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }

    private static List<String> some(@Nullable List<String> words) {
        return words == null
                ? List.of()
                : words.stream()
                        .filter(Objects::nonNull)
                        .map(word -> word.replace("\0", "").strip())
                        .filter(word -> !word.isEmpty() && word.length() <= 200)
                        .distinct()
                        .limit(MOST)
                        .toList();
    }
}
