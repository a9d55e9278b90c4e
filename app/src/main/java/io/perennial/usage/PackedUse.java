package io.perennial.usage;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts the use of one account together from its rows of {@code usage.account_month}. */
final class PackedUse {

    private static final int DAY_BYTES = Short.BYTES + Long.BYTES + Integer.BYTES;
    private static final int FEW = 16;

    private final Window window;
    private final double[] events;
    private final double[] activeUsers;
    private long firstUse = Long.MAX_VALUE;
    private long lastUse = Long.MIN_VALUE;
    private long eventsOfKnownUsers;
    private long userDays;
    private int mostActive = -1;
    private long[] logins = new long[FEW];
    private int loginCount;
    private long loginDays;
    private long[] features = new long[FEW];
    private int featureCount;

    /**
     * @param first of the series, {@code recent} the day before the last 28, {@code last} of the series
     * @param today the last day on which use is known at all
     */
    record Window(LocalDate first, LocalDate recent, LocalDate last, LocalDate today) {

        int length() {
            return (int) (last.toEpochDay() - first.toEpochDay()) + 1;
        }
    }

    PackedUse(Window window) {
        this.window = window;
        this.events = new double[window.length()];
        this.activeUsers = new double[window.length()];
    }

    void days(LocalDate month, byte[] packed) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        long before = month.toEpochDay() - 1;
        long first = window.first().toEpochDay();
        long recent = window.recent().toEpochDay();
        long last = window.last().toEpochDay();
        long today = window.today().toEpochDay();
        for (int n = packed.length / DAY_BYTES; n > 0; n--) {
            long day = before + buffer.getShort();
            long count = buffer.getLong();
            int users = buffer.getInt();
            if (day <= today && (count > 0 || users > 0)) {
                firstUse = Math.min(firstUse, day);
                lastUse = Math.max(lastUse, day);
            }
            if (day >= first && day <= last) {
                events[(int) (day - first)] = count;
                activeUsers[(int) (day - first)] = Math.max(0, users);
                if (day > recent && users >= 0) {
                    eventsOfKnownUsers += count;
                    userDays += users;
                    mostActive = Math.max(mostActive, users);
                }
            }
        }
    }

    /** The last day of a month on which anything was used; null when nothing was. */
    static @Nullable LocalDate lastUse(LocalDate month, byte[] packed) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        int last = 0;
        for (int n = packed.length / DAY_BYTES; n > 0; n--) {
            int day = buffer.getShort();
            long count = buffer.getLong();
            int users = buffer.getInt();
            last = count > 0 || users > 0 ? Math.max(last, day) : last;
        }
        return last == 0 ? null : month.plusDays(last - 1L);
    }

    void features(LocalDate month, byte[] packed) {
        int bits = recentDaysOf(month);
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        while (bits != 0 && buffer.hasRemaining()) {
            int id = buffer.getInt();
            if ((buffer.getInt() & bits) != 0) {
                features = featureCount == features.length ? Arrays.copyOf(features, 2 * featureCount) : features;
                features[featureCount++] = id;
            }
        }
    }

    void logins(LocalDate month, byte[] packed) {
        int bits = recentDaysOf(month);
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        while (bits != 0 && buffer.hasRemaining()) {
            long id = buffer.getLong();
            int days = buffer.getInt() & bits;
            if (days != 0) {
                loginDays += Integer.bitCount(days);
                logins = loginCount == logins.length ? Arrays.copyOf(logins, 2 * loginCount) : logins;
                logins[loginCount++] = id;
            }
        }
    }

    /** The bits of this month's days after {@code recent} up to {@code last}. */
    private int recentDaysOf(LocalDate month) {
        long from = Math.max(0, window.recent().toEpochDay() + 1 - month.toEpochDay());
        long to = Math.min(month.lengthOfMonth() - 1L, window.last().toEpochDay() - month.toEpochDay());
        int bits = 0;
        for (long day = from; day <= to; day++) {
            bits |= 1 << day;
        }
        return bits;
    }

    boolean used() {
        return lastUse != Long.MIN_VALUE;
    }

    /**
     * @param usedBefore when it was last used before the months that were read; null when it was not
     */
    AccountUse of(UUID account, @Nullable LocalDate usedBefore, @Nullable Long seats) {
        LocalDate last = used() ? LocalDate.ofEpochDay(lastUse) : Objects.requireNonNull(usedBefore);
        return new AccountUse(
                account,
                events,
                activeUsers,
                usedBefore != null ? usedBefore : LocalDate.ofEpochDay(firstUse),
                last,
                eventsOfKnownUsers,
                userDays,
                distinct(logins, loginCount),
                loginDays,
                mostActive < 0 ? null : Integer.valueOf(mostActive),
                distinct(features, featureCount),
                seats);
    }

    private static int distinct(long[] values, int count) {
        Arrays.sort(values, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                distinct++;
            }
        }
        return distinct;
    }
}
