package io.perennial.metrics.formula;

import io.perennial.metrics.BadInput;
import io.perennial.metrics.Exact;
import io.perennial.metrics.Figure;
import io.perennial.metrics.Inputs;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** Durations between moments, and what many of them have in common. */
public final class Times {

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private Times() {}

    static BigDecimal hours(Duration duration) {
        return Exact.divide(seconds(duration), SECONDS_PER_HOUR);
    }

    static BigDecimal minutes(Duration duration) {
        return Exact.divide(seconds(duration), SECONDS_PER_MINUTE);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    /** {@code 2026-11-20T09:00:00Z}; without offset in the zone given. */
    static Instant moment(Inputs inputs, String name, ZoneId zone) {
        String text = inputs.text(name).strip().replace(' ', 'T');
        try {
            boolean offset = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw unreadable(inputs, name);
        }
    }

    /** The same, or a time of day such as {@code 22:00} or {@code 07:00 next day}. */
    static Instant momentOrHour(Inputs inputs, String name) {
        String text = inputs.text(name).strip();
        if (text.matches("\\d{1,2}:\\d{2}( next day)?")) {
            boolean next = text.endsWith("next day");
            String hour = text.replace(" next day", "");
            try {
                return LocalDate.EPOCH
                        .plusDays(next ? 1 : 0)
                        .atTime(LocalTime.parse(hour.length() == 4 ? "0" + hour : hour))
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw unreadable(inputs, name);
            }
        }
        return moment(inputs, name, ZoneOffset.UTC);
    }

    private static BadInput unreadable(Inputs inputs, String name) {
        return inputs.wrong(name, "bad_time", "Write a moment as 2026-11-20T09:00:00Z.");
    }

    /** How often a duration occurs. */
    record Weighted(BigDecimal value, BigDecimal weight) {}

    /** Median first, with mean and percentiles; the median and what is slow say more than the mean. */
    public static Figure spread(List<Weighted> all) {
        List<Weighted> sorted =
                all.stream().sorted(Comparator.comparing(Weighted::value)).toList();
        BigDecimal weight = sorted.stream().map(Weighted::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal sum =
                sorted.stream().map(one -> one.value().multiply(one.weight())).reduce(BigDecimal.ZERO, BigDecimal::add);
        Figure figure = Figure.of(percentile(sorted, weight, 50));
        return figure.with("mean", Exact.divide(sum, weight))
                .with("median", percentile(sorted, weight, 50))
                .with("p75", percentile(sorted, weight, 75))
                .with("p90", percentile(sorted, weight, 90))
                .with("p95", percentile(sorted, weight, 95));
    }

    /** Equal weights: by linear interpolation, as the database does; otherwise the value at which the share is reached. */
    private static BigDecimal percentile(List<Weighted> sorted, BigDecimal weight, int percent) {
        boolean equal = sorted.stream()
                .allMatch(one -> one.weight().compareTo(sorted.getFirst().weight()) == 0);
        if (equal) {
            double place = percent / 100.0 * (sorted.size() - 1);
            int low = (int) Math.floor(place);
            BigDecimal from = sorted.get(low).value();
            BigDecimal to = sorted.get(Math.min(low + 1, sorted.size() - 1)).value();
            return from.add(to.subtract(from).multiply(BigDecimal.valueOf(place - low)));
        }
        BigDecimal wanted = weight.multiply(BigDecimal.valueOf(percent, 2));
        BigDecimal reached = BigDecimal.ZERO;
        for (Weighted one : sorted) {
            reached = reached.add(one.weight());
            if (reached.compareTo(wanted) >= 0) {
                return one.value();
            }
        }
        return sorted.getLast().value();
    }
}
