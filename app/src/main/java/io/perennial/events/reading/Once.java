package io.perennial.events.reading;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equal values of many events as one object each: people, accounts and features come again and again. */
final class Once {

    private final Map<Object, Object> first = new HashMap<>();

    @Nullable
    String text(@Nullable String value) {
        return value == null ? null : value(value);
    }

    @SuppressWarnings("unchecked") // equal values of these classes are of one class
    <T> T value(T value) {
        Object known = first.putIfAbsent(Objects.requireNonNull(value), value);
        return known == null ? value : (T) known;
    }
}
