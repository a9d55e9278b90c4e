package io.perennial.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read for one set of accounts at one instant and is asked for more than once: a source of measures and a
 * source of list columns share their facts, and so do the parts of a page about one account. Lives as long as the batch or the
 * page, belongs to one thread.
 */
public final class Once {

    private final Map<Object, Object> known = new HashMap<>();
    private final @Nullable Span span;

    public Once() {
        this(null);
    }

    /** @param span the other instants at which the same accounts are asked about */
    public Once(@Nullable Span span) {
        this.span = span;
    }

    /** Null when nobody asks about another instant. */
    public @Nullable Span span() {
        return span;
    }

    /** @param reader who reads it, the same object each time: it answers one question */
    @SuppressWarnings("unchecked") // what is kept under a reader was made by that reader's own supplier
    public <T> T of(Object reader, Supplier<T> fresh) {
        Object value = known.get(reader);
        if (value == null) {
            value = fresh.get();
            known.put(reader, value);
        }
        return (T) value;
    }
}
