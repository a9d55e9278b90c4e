package io.perennial.usage;

import java.util.Map;
import java.util.TreeMap;

/** Whole numbers and how often each came, for exact medians of many accounts in little memory. */
final class Tally {

    private final TreeMap<Integer, Integer> counts = new TreeMap<>();
    private int total;

    void add(int value) {
        counts.merge(value, 1, Integer::sum);
        total++;
    }

    int total() {
        return total;
    }

    /** How many were more than nothing. */
    int positive() {
        return counts.tailMap(0, false).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * The middle value, the mean of the two middle ones rounded up when their number is even.
     *
     * @param zeros values of 0 that were not added
     */
    int median(int zeros) {
        if (zeros > 0) {
            counts.merge(0, zeros, Integer::sum);
            total += zeros;
        }
        if (total == 0) {
            return 0;
        }
        int lower = at((total - 1) / 2);
        int upper = at(total / 2);
        return Math.ceilDiv(lower + upper, 2);
    }

    private int at(int place) {
        int passed = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            passed += entry.getValue();
            if (place < passed) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("There is no value at " + place);
    }
}
