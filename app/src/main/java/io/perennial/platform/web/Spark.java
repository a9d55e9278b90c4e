package io.perennial.platform.web;

import java.util.Locale;

/** Geometry and words of the little lines in lists. Values run from 0 to 100; negative ones are gaps. */
public final class Spark {

    private static final double WIDTH = 60;
    private static final double HEIGHT = 20;
    private static final double EDGE = 3;

    /** Points of health that fill the height at least, so that a wobble of two points does not look like a fall. */
    private static final double LEAST_SPAN = 30;

    private Spark() {}

    /** Points of an SVG polyline, 60 by 20. */
    public static String points(short[] values) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0) {
                points.append(i == 0 || points.isEmpty() ? "" : " ")
                        .append(number(x(values, i)))
                        .append(',')
                        .append(number(y(values, i)));
            }
        }
        return points.toString();
    }

    /** Moves the shape of the last value, drawn 16 by 16, to the end of the line at half size. */
    public static String end(short[] values) {
        int last = last(values);
        return last < 0
                ? ""
                : "translate(" + number(x(values, last) - 3.2) + " " + number(y(values, last) - 3.2) + ") scale(.4)";
    }

    /** What a screen reader says: "62, down 14 in 13 weeks". */
    public static String words(short[] values) {
        int last = last(values);
        if (last < 0) {
            return "No history yet";
        }
        int first = 0;
        while (values[first] < 0) {
            first++;
        }
        int change = values[last] - values[first];
        String moved = change == 0 ? "unchanged" : (change > 0 ? "up " : "down ") + Math.abs(change);
        return values[last] + ", " + moved + " in " + values.length + " weeks";
    }

    public static boolean isEmpty(short[] values) {
        return last(values) < 0;
    }

    private static int last(short[] values) {
        int last = values.length - 1;
        while (last >= 0 && values[last] < 0) {
            last--;
        }
        return last;
    }

    private static double x(short[] values, int index) {
        return values.length < 2 ? WIDTH - EDGE : EDGE + index * (WIDTH - 2 * EDGE) / (values.length - 1);
    }

    private static double y(short[] values, int index) {
        int lowest = 100;
        int highest = 0;
        for (short value : values) {
            if (value >= 0) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
        double span = Math.max(highest - lowest, LEAST_SPAN);
        double bottom = Math.clamp((lowest + highest - span) / 2, 0, 100 - span);
        return HEIGHT - EDGE - (values[index] - bottom) * (HEIGHT - 2 * EDGE) / span;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
