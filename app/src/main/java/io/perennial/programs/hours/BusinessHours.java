package io.perennial.programs.hours;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When a team works: spans of each weekday in a time zone, and holidays without any. Where clocks are set forward, a span
 * that begins or ends in the missing hour begins or ends at the change; where they are set back, a repeated hour belongs
 * to the span both times. So every instant is either worked or not, and working time adds up.
 */
public final class BusinessHours {

    /** Minutes of a local day. */
    private static final int DAY = 24 * 60;

    /** No sensible calendar is closed for longer. */
    private static final int LONGEST_CLOSED_DAYS = 400;

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week;
    private final Set<LocalDate> holidays;

    /**
     * Working time of a day.
     *
     * @param opens minutes after midnight, 0 to 1,439
     * @param closes minutes after midnight, later than {@code opens}, at most 1,440
     */
    public record Span(int opens, int closes) {
        public Span {
            if (opens < 0 || closes > DAY || opens >= closes) {
                throw new IllegalArgumentException(
                        "Hours from minute " + opens + " to " + closes + " are no span of a day.");
            }
        }
    }

    private record Stretch(Instant from, Instant to) {}

    /**
     * @param week without a weekday: closed on it
     * @throws IllegalArgumentException when spans of a day overlap, or when nobody ever works
     */
    public BusinessHours(ZoneId zone, Map<DayOfWeek, List<Span>> week, Set<LocalDate> holidays) {
        if (week.values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("A calendar needs working hours on at least one weekday.");
        }
        week.forEach(BusinessHours::check);
        this.zone = zone;
        this.week = Map.copyOf(week);
        this.holidays = Set.copyOf(holidays);
    }

    /** Around the clock, every day. */
    public static BusinessHours always(ZoneId zone) {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(new Span(0, DAY)));
        }
        return new BusinessHours(zone, week, Set.of());
    }

    public ZoneId zone() {
        return zone;
    }

    public boolean isOpen(Instant at) {
        return stretches(at.atZone(zone).toLocalDate()).stream()
                .anyMatch(stretch -> !at.isBefore(stretch.from()) && at.isBefore(stretch.to()));
    }

    /**
     * The first instant at which so much working time has passed since {@code from}; {@code from} itself for none. Takes
     * time in proportion to the days between.
     *
     * @throws IllegalArgumentException when {@code working} is negative
     * @throws IllegalStateException when nobody works for more than 400 days in a row
     */
    public Instant due(Instant from, Duration working) {
        if (working.isNegative()) {
            throw new IllegalArgumentException("Working time cannot be negative: " + working);
        }
        if (working.isZero()) {
            return from;
        }
        Duration left = working;
        int closed = 0;
        for (LocalDate day = from.atZone(zone).toLocalDate(); closed <= LONGEST_CLOSED_DAYS; day = day.plusDays(1)) {
            closed++;
            for (Stretch stretch : stretches(day)) {
                Instant begin = later(stretch.from(), from);
                Duration here = Duration.between(begin, stretch.to());
                if (here.isPositive()) {
                    if (here.compareTo(left) >= 0) {
                        return begin.plus(left);
                    }
                    left = left.minus(here);
                    closed = 0;
                }
            }
        }
        throw new IllegalStateException("Nobody works for more than " + LONGEST_CLOSED_DAYS + " days in a row.");
    }

    /** Working time between two instants; zero when {@code to} is not after {@code from}. */
    public Duration worked(Instant from, Instant to) {
        Duration sum = Duration.ZERO;
        if (!to.isAfter(from)) {
            return sum;
        }
        LocalDate last = to.atZone(zone).toLocalDate();
        for (LocalDate day = from.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            for (Stretch stretch : stretches(day)) {
                Duration here = Duration.between(later(stretch.from(), from), earlier(stretch.to(), to));
                if (here.isPositive()) {
                    sum = sum.plus(here);
                }
            }
        }
        return sum;
    }

    private List<Stretch> stretches(LocalDate day) {
        if (holidays.contains(day)) {
            return List.of();
        }
        List<Stretch> stretches = new ArrayList<>();
        Instant end = Instant.MIN;
        for (Span span : week.getOrDefault(day.getDayOfWeek(), List.of())) {
            // In a repeated hour one span may end after the next one begins: that time counts once.
            Instant begin = later(end, instant(day, span.opens(), true));
            end = later(begin, instant(day, span.closes(), false));
            stretches.add(new Stretch(begin, end));
        }
        return stretches;
    }

    private Instant instant(LocalDate day, int minutes, boolean first) {
        LocalDateTime local = day.atStartOfDay().plusMinutes(minutes);
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change == null) {
            return local.atZone(zone).toInstant();
        }
        if (change.isGap()) {
            return change.getInstant();
        }
        return local.toInstant(first ? change.getOffsetBefore() : change.getOffsetAfter());
    }

    private static void check(DayOfWeek day, List<Span> spans) {
        List<Span> ordered =
                spans.stream().sorted(Comparator.comparingInt(Span::opens)).toList();
        if (!ordered.equals(spans)) {
            throw new IllegalArgumentException("The hours of " + day + " are not in order.");
        }
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).opens() < spans.get(i - 1).closes()) {
                throw new IllegalArgumentException("The hours of " + day + " overlap.");
            }
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
