package io.perennial.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One usage row, read and checked, before features and users have numbers.
 *
 * @param position of the row in its batch
 * @param user external id of the login, empty for none
 * @param sourceRef the company's id of the row, empty when the natural key is the key
 * @param attributes as a JSON object, in which null clears; null when the row has none
 * @param given which of the five figures the row states, bits as below; the others keep their value
 */
record Fact(
        int position,
        UUID account,
        LocalDate day,
        String feature,
        @Nullable String productArea,
        @Nullable String featureLevel,
        String user,
        String sourceRef,
        @Nullable Long events,
        @Nullable Long seconds,
        @Nullable Long errors,
        @Nullable Integer users,
        @Nullable BigDecimal value,
        @Nullable String attributes,
        int given) {

    static final int EVENTS = 1;
    static final int SECONDS = 2;
    static final int ERRORS = 4;
    static final int USERS = 8;
    static final int VALUE = 16;

    Key key() {
        return new Key(account, day, feature, user, sourceRef);
    }

    boolean saysTheSameAs(Fact other) {
        return given == other.given
                && Objects.equals(events, other.events)
                && Objects.equals(seconds, other.seconds)
                && Objects.equals(errors, other.errors)
                && Objects.equals(users, other.users)
                && Objects.equals(value, other.value)
                && Objects.equals(attributes, other.attributes);
    }

    record Key(UUID account, LocalDate day, String feature, String user, String sourceRef) {}
}
