package io.perennial.programs;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Spans of a week as {@code 09:00-12:00, 13:00-17:00} for each day, from minutes since Sunday at midnight. */
final class WeekSpans {

    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;

    private WeekSpans() {}

    /**
     * A span that crosses midnight is one of each day that it touches.
     *
     * @throws IllegalArgumentException with a sentence for the person, when it is no span of a week
     */
    static Map<DayOfWeek, String> of(int opens, int closes) {
        if (opens < 0 || closes > WEEK || opens >= closes) {
            throw new IllegalArgumentException(
                    "A span lies between 0 and 10,080 minutes of the week and ends after it begins.");
        }
        Map<DayOfWeek, String> spans = new EnumMap<>(DayOfWeek.class);
        for (int from = opens; from < closes; ) {
            int day = from / DAY;
            int until = Math.min(closes, (day + 1) * DAY);
            spans.put(DayOfWeek.SUNDAY.plus(day), span(from - day * DAY, until - day * DAY));
            from = until;
        }
        return spans;
    }

    /** Both together, in order, those that touch as one. */
    static String union(String some, String others) {
        List<int[]> spans = new ArrayList<>();
        for (String text : (some + "," + others).split(",", -1)) {
            String[] ends = text.strip().split("-", -1);
            spans.add(new int[] {minutes(ends[0]), minutes(ends[1])});
        }
        spans.sort(Comparator.comparingInt(span -> span[0]));
        List<int[]> joined = new ArrayList<>();
        for (int[] span : spans) {
            int[] last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && span[0] <= last[1]) {
                last[1] = Math.max(last[1], span[1]);
            } else {
                joined.add(span);
            }
        }
        return joined.stream().map(span -> span(span[0], span[1])).collect(Collectors.joining(", "));
    }

    private static String span(int from, int until) {
        return String.format(Locale.ROOT, "%02d:%02d-%02d:%02d", from / 60, from % 60, until / 60, until % 60);
    }

    private static int minutes(String clock) {
        int[] parts = Arrays.stream(clock.strip().split(":", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        return parts[0] * 60 + parts[1];
    }
}
