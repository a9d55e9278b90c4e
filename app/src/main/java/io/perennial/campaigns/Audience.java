package io.perennial.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whom a campaign is for. Kinds of words narrow each other, words of a kind widen: sponsors <em>or</em> administrators <em>and</em> in
 * the segment Enterprise <em>and</em> who never used Reports.
 *
 * @param roles of contacts, as {@code executive_sponsor}; empty for all of them
 * @param bands of health, lower case
 * @param behaviour what they do with the product, or not
 * @param feature that the behaviour speaks of; empty when it speaks of none
 * @param share of {@link Behaviour#POWER}: the top so many per cent
 */
public record Audience(
        List<String> roles,
        List<String> segments,
        List<String> stages,
        List<String> bands,
        List<String> products,
        Behaviour behaviour,
        String feature,
        int share) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 50;
    private static final int USUAL_SHARE = 10;

    /** What people do with the product, in the 28 days up to today unless it says otherwise. */
    public enum Behaviour {
        ANY("whatever they do", false),
        /** By events, among all who fit otherwise. */
        POWER("who use the product most", false),
        NEVER_USED("who never used the feature themselves", true),
        USED("who used the feature", true),
        /** Used the product before, and not in 28 days. */
        STOPPED("who stopped using the product", false),
        /** For customers whose use is not known by person. */
        CUSTOMER_WITHOUT("whose company did not use the feature", true);

        private final String words;
        private final boolean aboutFeature;

        Behaviour(String words, boolean aboutFeature) {
            this.words = words;
            this.aboutFeature = aboutFeature;
        }

        public String words() {
            return words;
        }

        public boolean aboutFeature() {
            return aboutFeature;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Behaviour of(@Nullable String key) {
            for (Behaviour one : values()) {
                if (one.key().equals(key)) {
                    return one;
                }
            }
            return ANY;
        }
    }

    public Audience {
        roles = some(roles, true);
        segments = some(segments, false);
        stages = some(stages, false);
        bands = some(bands, true);
        products = some(products, false);
        feature = feature.replace("\0", "").strip();
        share = share < 1 || share > 100 ? USUAL_SHARE : share;
    }

    public static Audience everybody() {
        return new Audience(List.of(), List.of(), List.of(), List.of(), List.of(), Behaviour.ANY, "", USUAL_SHARE);
    }

    /** As a sentence without its end. */
    public String words() {
        List<String> parts = new ArrayList<>();
        parts.add(
                roles.isEmpty()
                        ? "people"
                        : "people in the role " + String.join(" or ", roles).replace('_', ' '));
        if (behaviour == Behaviour.POWER) {
            parts.add("among the " + share + " % who use the product most");
        } else if (behaviour != Behaviour.ANY) {
            parts.add(behaviour.aboutFeature() ? behaviour.words().replace("the feature", feature) : behaviour.words());
        }
        if (!segments.isEmpty()) {
            parts.add("in " + String.join(" or ", segments));
        }
        if (!stages.isEmpty()) {
            parts.add("at the stage " + String.join(" or ", stages));
        }
        if (!bands.isEmpty()) {
            parts.add("whose health is " + String.join(" or ", bands).replace('_', ' '));
        }
        if (!products.isEmpty()) {
            parts.add("with " + String.join(" or ", products));
        }
        return String.join(" ", parts);
    }

    String json() {
        return JSON.createObjectNode()
                .putPOJO("roles", roles)
                .putPOJO("segments", segments)
                .putPOJO("stages", stages)
                .putPOJO("bands", bands)
                .putPOJO("products", products)
                .put("behaviour", behaviour.key())
                .put("feature", feature)
                .put("share", share)
                .toString();
    }

    private record Stored(
            @Nullable List<String> roles,
            @Nullable List<String> segments,
            @Nullable List<String> stages,
            @Nullable List<String> bands,
            @Nullable List<String> products,
            @Nullable String behaviour,
            @Nullable String feature,
            @Nullable Integer share) {}

    static Audience parse(String json) {
        Stored stored = JSON.readValue(json, Stored.class);
        return new Audience(
                stored.roles() == null ? List.of() : stored.roles(),
                stored.segments() == null ? List.of() : stored.segments(),
                stored.stages() == null ? List.of() : stored.stages(),
                stored.bands() == null ? List.of() : stored.bands(),
                stored.products() == null ? List.of() : stored.products(),
                Behaviour.of(stored.behaviour()),
                stored.feature() == null ? "" : stored.feature(),
                stored.share() == null ? USUAL_SHARE : stored.share());
    }

    private static List<String> some(List<String> words, boolean asKeys) {
        return words.stream()
                .filter(Objects::nonNull)
                .map(word -> word.replace("\0", "").strip())
                .map(word -> asKeys ? word.toLowerCase(Locale.ROOT).replace(' ', '_') : word)
                .filter(word -> !word.isEmpty() && word.length() <= 200)
                .distinct()
                .limit(MOST)
                .toList();
    }
}
