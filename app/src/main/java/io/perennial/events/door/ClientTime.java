package io.perennial.events.door;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as clients write them, in microseconds since 1970. */
final class ClientTime {

    static final long UNREADABLE = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000;
    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 19;
    private static final int MICRO_DIGITS = 6;

    private ClientTime() {}

    static long micros(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    /**
     * Reads ISO 8601 with or without fraction, with {@code Z}, an offset or none (then UTC), a date alone, and
     * milliseconds since 1970. A leap second is the next one.
     *
     * @return {@link #UNREADABLE} when it is none of these
     */
    static long parse(String text) {
        try {
            if (text.length() >= DATE_LENGTH && text.charAt(4) == '-') {
                return iso(text);
            }
            return milliseconds(text);
        } catch (DateTimeException | NumberFormatException | ArithmeticException noTime) {
            return UNREADABLE;
        }
    }

    private static long milliseconds(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty()
                ? Math.multiplyExact(Long.parseLong(text), 1_000L)
                : UNREADABLE;
    }

    private static long iso(String text) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, DATE_LENGTH);
        if (text.charAt(7) != '-') {
            return UNREADABLE;
        }
        if (text.length() == DATE_LENGTH) {
            return epochSecond(year, month, day, 0, 0, 0) * SECOND;
        }
        char between = text.charAt(DATE_LENGTH);
        if (text.length() < TIME_LENGTH
                || (between != 'T' && between != 't' && between != ' ')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return UNREADABLE;
        }
        int second = digits(text, 17, TIME_LENGTH);
        boolean leap = second == 60;
        long seconds = epochSecond(year, month, day, digits(text, 11, 13), digits(text, 14, 16), leap ? 59 : second);
        int zone = TIME_LENGTH;
        long micros = 0;
        if (zone < text.length() && (text.charAt(zone) == '.' || text.charAt(zone) == ',')) {
            zone++;
            int first = zone;
            while (zone < text.length() && Character.digit(text.charAt(zone), 10) >= 0) {
                int digit = zone - first;
                if (digit < MICRO_DIGITS) {
                    micros = micros * 10 + Character.digit(text.charAt(zone), 10);
                }
                zone++;
            }
            if (zone == first) {
                return UNREADABLE;
            }
            for (int i = zone - first; i < MICRO_DIGITS; i++) {
                micros *= 10;
            }
        }
        if (leap) {
            seconds++;
            micros = 0;
        }
        long offset = offset(text.substring(zone));
        return offset == UNREADABLE ? UNREADABLE : (seconds - offset) * SECOND + micros;
    }

    private static long epochSecond(int year, int month, int day, int hour, int minute, int second) {
        return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
    }

    /** Seconds ahead of UTC. */
    private static long offset(String zone) {
        if (zone.isEmpty() || zone.equals("Z") || zone.equals("z")) {
            return 0;
        }
        return ZoneOffset.of(zone).getTotalSeconds();
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException(text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
