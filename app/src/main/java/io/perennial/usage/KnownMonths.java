package io.perennial.usage;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** First and last day of each feature and login of one account, read from its packed months. */
final class KnownMonths {

    private final LocalDate recent;
    private final LocalDate until;
    private final Map<Integer, Days> features = new HashMap<>();
    private final Map<Long, Days> logins = new HashMap<>();

    /** @param window whose last day is the last that counts; its days are the recent ones */
    KnownMonths(KnownDays.Window window) {
        this.until = window.last();
        this.recent = window.after();
    }

    /** @param recent days of use in the last 28 */
    record Days(LocalDate first, LocalDate last, int recent) {

        private Days and(Days other) {
            return new Days(
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last,
                    recent + other.recent);
        }
    }

    void add(LocalDate month, byte[] packedFeatures, byte[] packedLogins) {
        ByteBuffer buffer = ByteBuffer.wrap(packedFeatures);
        while (buffer.hasRemaining()) {
            int feature = buffer.getInt();
            Days days = days(month, buffer.getInt());
            if (days != null) {
                features.merge(feature, days, Days::and);
            }
        }
        buffer = ByteBuffer.wrap(packedLogins);
        while (buffer.hasRemaining()) {
            long login = buffer.getLong();
            Days days = days(month, buffer.getInt());
            if (days != null) {
                logins.merge(login, days, Days::and);
            }
        }
    }

    /** Null when none of the days counts. */
    private @Nullable Days days(LocalDate month, int mask) {
        int counted = mask & bits(month, month, until);
        if (counted == 0) {
            return null;
        }
        return new Days(
                month.plusDays(Integer.numberOfTrailingZeros(counted)),
                month.plusDays(31L - Integer.numberOfLeadingZeros(counted)),
                Integer.bitCount(counted & bits(month, recent.plusDays(1), until)));
    }

    private static int bits(LocalDate month, LocalDate first, LocalDate last) {
        long from = Math.max(0, first.toEpochDay() - month.toEpochDay());
        long to = Math.min(month.lengthOfMonth() - 1L, last.toEpochDay() - month.toEpochDay());
        int bits = 0;
        for (long day = from; day <= to; day++) {
            bits |= 1 << day;
        }
        return bits;
    }

    Map<Integer, Days> features() {
        return features;
    }

    Map<Long, Days> logins() {
        return logins;
    }
}
