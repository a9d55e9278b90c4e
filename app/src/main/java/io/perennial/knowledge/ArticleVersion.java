package io.perennial.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of an article's text in one language.
 *
 * @param number counts from 1 within article and language
 * @param body Markdown
 * @param edits how often this version was saved
 */
public record ArticleVersion(
        UUID id,
        UUID article,
        String language,
        int number,
        String title,
        String body,
        State state,
        @Nullable UUID authorId,
        String author,
        int edits,
        Instant savedAt,
        @Nullable Instant publishedAt,
        @Nullable Instant retiredAt) {

    /** Safe to put on a page as it is. */
    public String html() {
        return Markdown.html(body);
    }
}
