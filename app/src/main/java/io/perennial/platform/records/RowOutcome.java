package io.perennial.platform.records;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one row. An invalid row changes nothing; its problems say column, reason and value. */
public record RowOutcome(
        long number,
        String externalId,
        Result result,
        @Nullable UUID id,
        List<Problem> problems) {

    /** A row that changes nothing, for one reason. */
    public static RowOutcome refused(RecordRow row, String column, String code, String message) {
        Problem problem = Problem.of(column, code, message, row.values().get(column));
        return new RowOutcome(row.number(), row.externalId(), Result.INVALID, null, List.of(problem));
    }

    public enum Result {
        CREATED,
        UPDATED,
        UNCHANGED,
        INVALID
    }

    /**
     * @param column public name, or empty when the row as a whole is meant
     * @param code stable, e.g. {@code unknown_reference}, {@code out_of_range}, {@code forbidden}
     * @param message what is wrong and what would be right
     * @param value as it arrived, shortened to 200 characters
     */
    public record Problem(String column, String code, String message, String value) {

        /** Shortens the value and makes it safe to store and show. */
        public static Problem of(String column, String code, String message, @Nullable Object value) {
            return new Problem(column, code, message, Texts.shown(value));
        }
    }
}
