package io.perennial.programs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program of the catalogue.
 *
 * @param key as contracts name it, beside the name
 * @param tier higher promises more
 * @param house what accounts get that bought none
 */
public record Program(UUID id, String key, String name, int tier, boolean house) {

    /**
     * What a program promises, or is going to.
     *
     * @param publishedAt null: a draft, which nobody has bought
     * @param validFrom contracts that begin on or after this day buy it
     * @param edits changes with each edit of a draft
     */
    public record Version(
            UUID id,
            UUID program,
            int number,
            Offer offer,
            @Nullable Instant publishedAt,
            @Nullable String publishedBy,
            @Nullable LocalDate validFrom,
            int edits) {

        public boolean draft() {
            return publishedAt == null;
        }
    }
}
