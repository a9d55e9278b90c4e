package io.perennial.usage;

import io.perennial.platform.web.Spark;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the account page shows about use. Windows are 28 days up to the last finished day that anybody used the product.
 *
 * @param until that day
 * @param activeUsers in 28 days; null when nothing is known about users
 * @param seats sold; null when no contract says
 * @param features used in the last twelve weeks, most used first
 * @param unused features that others use and this account did not in twelve weeks
 */
public record UsageView(
        LocalDate until,
        @Nullable LocalDate lastUsedOn,
        long events,
        long eventsBefore,
        @Nullable Integer activeUsers,
        @Nullable Long seats,
        long[] weekly,
        List<FeatureUse> features,
        List<String> unused) {

    /** Weeks of the little lines. */
    public static final int WEEKS = 12;

    /** @param weekly uses per week, oldest first */
    public record FeatureUse(
            String name,
            @Nullable String area,
            @Nullable String level,
            long events,
            long eventsBefore,
            LocalDate lastUsedOn,
            long[] weekly) {

        public String change() {
            return UsageView.change(events, eventsBefore);
        }

        public String direction() {
            return UsageView.direction(events, eventsBefore);
        }

        public short[] line() {
            return UsageView.line(weekly);
        }

        public String said() {
            return UsageView.said(weekly);
        }
    }

    public String change() {
        return change(events, eventsBefore);
    }

    public String direction() {
        return direction(events, eventsBefore);
    }

    public short[] line() {
        return line(weekly);
    }

    public String said() {
        return said(weekly);
    }

    /** The feature that lost most, when use fell. */
    public @Nullable FeatureUse mostFallen() {
        return features.stream()
                .filter(feature -> feature.eventsBefore() > 0 && feature.events() < 0.8 * feature.eventsBefore())
                .max(Comparator.comparingLong(feature -> feature.eventsBefore() - feature.events()))
                .orElse(null);
    }

    private static String change(long now, long before) {
        if (before == 0) {
            return now == 0 ? "" : "new";
        }
        long percent = Math.round(100.0 * (now - before) / before);
        return percent == 0 ? "unchanged" : (percent > 0 ? "up " : "down ") + Math.abs(percent) + " %";
    }

    private static String direction(long now, long before) {
        if (now < 0.9 * before) {
            return "bad";
        }
        return now > 1.1 * before ? "good" : "";
    }

    /** Scaled to the tallest week, for {@link Spark}. */
    private static short[] line(long[] weekly) {
        long most = 1;
        for (long week : weekly) {
            most = Math.max(most, week);
        }
        short[] line = new short[weekly.length];
        for (int i = 0; i < weekly.length; i++) {
            line[i] = (short) Math.round(100.0 * weekly[i] / most);
        }
        return line;
    }

    private static String said(long[] weekly) {
        return Wording.number(weekly[0]) + " uses twelve weeks ago, " + Wording.number(weekly[weekly.length - 1])
                + " last week";
    }
}
