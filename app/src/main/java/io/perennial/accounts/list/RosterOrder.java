package io.perennial.accounts.list;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts places in order by group, key and id, as far as a window needs it: what lies before and after the window is only
 * parted from it, so a page in the middle costs about as much as the first.
 */
final class RosterOrder {

    private static final int SMALL = 24;

    private final double @Nullable [] groups;
    private final double[] keys;
    private final int[] ids;

    /** Nothing is {@code +Infinity} in groups and keys; keys sorted downwards are negated. */
    RosterOrder(double @Nullable [] groups, double[] keys, int[] ids) {
        this.groups = groups;
        this.keys = keys;
        this.ids = ids;
    }

    int[] window(int[] places, int from, int limit) {
        int begin = Math.min(from, places.length);
        int end = (int) Math.min(places.length, (long) begin + limit);
        if (begin > 0 && begin < places.length) {
            part(places, 0, places.length, begin);
        }
        if (end < places.length) {
            part(places, begin, places.length, end);
        }
        sort(places, begin, end);
        return Arrays.copyOfRange(places, begin, end);
    }

    /** Brings the smallest of {@code from..to} before {@code middle}. */
    private void part(int[] places, int from, int to, int middle) {
        int low = from;
        int high = to;
        while (high - low > SMALL) {
            int pivot = median(places[low], places[(low + high) >>> 1], places[high - 1]);
            int left = low;
            int right = high - 1;
            while (left <= right) {
                while (compare(places[left], pivot) < 0) {
                    left++;
                }
                while (compare(places[right], pivot) > 0) {
                    right--;
                }
                if (left <= right) {
                    swap(places, left++, right--);
                }
            }
            if (middle <= right) {
                high = right + 1;
            } else if (middle >= left) {
                low = left;
            } else {
                return;
            }
        }
        insert(places, low, high);
    }

    private void sort(int[] places, int from, int to) {
        if (to - from <= SMALL) {
            insert(places, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        part(places, from, to, middle);
        sort(places, from, middle);
        sort(places, middle, to);
    }

    private void insert(int[] places, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int place = places[i];
            int j = i;
            while (j > from && compare(places[j - 1], place) > 0) {
                places[j] = places[--j];
            }
            places[j] = place;
        }
    }

    private int median(int a, int b, int c) {
        if (compare(a, b) < 0) {
            return compare(b, c) < 0 ? b : compare(a, c) < 0 ? c : a;
        }
        return compare(a, c) < 0 ? a : compare(b, c) < 0 ? c : b;
    }

    private static void swap(int[] places, int i, int j) {
        int place = places[i];
        places[i] = places[j];
        places[j] = place;
    }

    private int compare(int a, int b) {
        if (groups != null && groups[a] != groups[b]) {
            return groups[a] < groups[b] ? -1 : 1;
        }
        if (keys[a] != keys[b]) {
            return keys[a] < keys[b] ? -1 : 1;
        }
        return Integer.compare(ids[a], ids[b]);
    }
}
