package io.perennial.programs;

import io.perennial.platform.records.Ids;
import io.perennial.platform.web.Wording;
import io.perennial.programs.Catalogue.NotPossible;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that Sales told the customer.
 *
 * @param what unit or benefit by name, or the promise in words; for a target {@code first response} or {@code resolution}
 * @param amount units in a term, or hours of a target
 * @param settlement how it is kept although the program does not cover it, or what the customer was told
 */
public record Promise(
        UUID id,
        Kind kind,
        String what,
        @Nullable BigDecimal amount,
        @Nullable Priority priority,
        @Nullable String promisedBy,
        Instant notedAt,
        String notedBy,
        @Nullable Instant settledAt,
        @Nullable String settledBy,
        @Nullable String settlement) {

    static final String FIRST_RESPONSE = "first response";
    static final String RESOLUTION = "resolution";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What can be promised. */
    public enum Kind {
        UNIT("So many of a unit"),
        TARGET("An answer in time"),
        BENEFIT("A benefit"),
        WORDS("Something else");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String key) {
            return Arrays.stream(values())
                    .filter(kind -> kind.key().equals(key))
                    .findFirst();
        }
    }

    static Promise noted(
            Kind kind,
            String what,
            @Nullable BigDecimal amount,
            @Nullable Priority priority,
            String promisedBy,
            Instant now,
            String by) {
        String words = what.strip();
        if (words.isEmpty() || words.length() > 300) {
            throw new NotPossible("Say in at most 300 characters what was promised.");
        }
        boolean counted = kind == Kind.UNIT || kind == Kind.TARGET;
        if (counted && (amount == null || amount.signum() <= 0 || amount.compareTo(new BigDecimal("1000000000")) > 0)) {
            throw new NotPossible(kind == Kind.UNIT ? "Say how many were promised." : "Say within how many hours.");
        }
        if (kind == Kind.TARGET && (priority == null || !words.equals(FIRST_RESPONSE) && !words.equals(RESOLUTION))) {
            throw new NotPossible("Say for which priority, and whether the first response or the resolution.");
        }
        return new Promise(
                Ids.next(),
                kind,
                words,
                counted ? amount : null,
                kind == Kind.TARGET ? priority : null,
                promisedBy.isBlank() ? null : promisedBy.strip(),
                now.truncatedTo(ChronoUnit.MICROS),
                by,
                null,
                null,
                null);
    }

    static Promise of(ResultSet row) throws SQLException {
        Timestamp settled = row.getTimestamp("settled_at");
        String priority = row.getString("priority");
        return new Promise(
                row.getObject("id", UUID.class),
                Kind.of(row.getString("kind")).orElse(Kind.WORDS),
                row.getString("what"),
                row.getBigDecimal("amount"),
                priority == null ? null : Priority.of(priority).orElse(null),
                row.getString("promised_by"),
                row.getTimestamp("noted_at").toInstant(),
                row.getString("noted_by"),
                settled == null ? null : settled.toInstant(),
                row.getString("settled_by"),
                row.getString("settlement"));
    }

    Promise settled(String how, Instant at, String by) {
        return new Promise(
                id,
                kind,
                what,
                amount,
                priority,
                promisedBy,
                notedAt,
                notedBy,
                at.truncatedTo(ChronoUnit.MICROS),
                by,
                how);
    }

    /** {@code 60 expert hours}, {@code First response within 1 h, urgent}. */
    public String words() {
        return switch (kind) {
            case UNIT -> Wording.amount(number()) + " " + what.replace('-', ' ');
            case TARGET ->
                what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + " within "
                        + Spoken.duration(target()) + (priority == null ? "" : ", " + priority.key());
            case BENEFIT, WORDS -> what;
        };
    }

    Duration target() {
        return Duration.ofMinutes(number().multiply(BigDecimal.valueOf(60))
                .setScale(0, RoundingMode.HALF_UP)
                .longValue());
    }

    BigDecimal number() {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static Promise parse(String json) {
        return JSON.readValue(json, Promise.class);
    }
}
