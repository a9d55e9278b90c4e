package io.perennial.platform.records;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a type, in which order.
 *
 * @param filters accepted values by column name or {@code external_id}; several values mean any of them
 * @param updatedSince only records changed at or after it
 * @param sort column name, {@code external_id}, {@code created_at} or {@code updated_at}; a leading minus reverses
 * @param fields public names to answer; empty for all
 * @param cursor from {@link RecordPage#next()} of the same query
 */
public record RecordQuery(
        RecordType type,
        Map<String, List<String>> filters,
        @Nullable Instant updatedSince,
        String sort,
        List<String> fields,
        @Nullable String cursor,
        int limit) {

    public static RecordQuery all(RecordType type, @Nullable String cursor, int limit) {
        return new RecordQuery(type, Map.of(), null, "external_id", List.of(), cursor, limit);
    }

    /** A query that cannot be answered as it stands. */
    public static final class Refused extends RuntimeException {

        private final String parameter;
        private final String code;
        private final String value;

        public Refused(String parameter, String code, String message, String value) {
            super(message);
            this.parameter = parameter;
            this.code = code;
            this.value = Texts.shown(value);
        }

        public String parameter() {
            return parameter;
        }

        public String code() {
            return code;
        }

        public String value() {
            return value;
        }
    }
}
