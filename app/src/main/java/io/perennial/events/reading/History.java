package io.perennial.events.reading;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What somebody belonged to, from which place in the inbox on. */
final class History {

    private final TreeMap<Long, String> since = new TreeMap<>();

    /** As learned at or before a place. */
    @Nullable
    String at(long seq) {
        Map.Entry<Long, String> entry = since.floorEntry(seq);
        return entry == null ? null : entry.getValue();
    }

    /** As learned at or before a place, else the first that was learned after it. */
    @Nullable
    String atOrAfter(long seq) {
        String before = at(seq);
        if (before != null) {
            return before;
        }
        Map.Entry<Long, String> entry = since.ceilingEntry(seq);
        return entry == null ? null : entry.getValue();
    }

    /** The place from which on the answer of {@link #at} holds; -1 when there is none. */
    long sinceAt(long seq) {
        Long place = since.floorKey(seq);
        return place == null ? -1 : place;
    }

    boolean isEmpty() {
        return since.isEmpty();
    }

    Iterable<String> values() {
        return since.values();
    }

    void put(long seq, String value) {
        since.put(seq, value);
    }
}
