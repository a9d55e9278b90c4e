package io.perennial.knowledge;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an article is, apart from its texts.
 *
 * @param owner team member who keeps it true
 * @param reviewOn day on which somebody reads it again
 * @param product it is about, as contract lines name it
 * @param feature as usage names it
 */
public record ArticleDetails(
        Audience audience,
        @Nullable UUID owner,
        @Nullable LocalDate reviewOn,
        @Nullable String product,
        @Nullable String feature,
        List<String> tags) {

    private static final int LONGEST = 100;
    private static final int MOST_TAGS = 20;

    public ArticleDetails {
        product = trimmed(product);
        feature = trimmed(feature);
        tags = tags.stream()
                .map(tag -> Words.readable(tag).strip())
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > LONGEST)) {
            throw new NotPossible("An article has up to 20 tags of up to 100 characters.");
        }
    }

    private static @Nullable String trimmed(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST) {
            throw new NotPossible("Product and feature have up to 100 characters.");
        }
        return Words.readable(text).strip();
    }
}
