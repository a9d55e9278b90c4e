package io.perennial.onboarding;

import io.perennial.shared.MedianWait;
import io.perennial.shared.Wait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time to first value by {@link MedianWait}, beside the median over those only who made it.
 *
 * @param median days by which half of the customers have first value; null when fewer than half have
 * @param low lower end of the 95 % interval; null when it cannot be said @param high the upper end, which may be open
 * @param n customers that started @param reached of them have first value
 * @param plainMedian of those who reached it, as others count it
 */
public record FirstValue(
        @Nullable Integer median,
        @Nullable Integer low,
        @Nullable Integer high,
        int n,
        int reached,
        @Nullable Integer plainMedian) {

    public int waiting() {
        return n - reached;
    }

    public static FirstValue of(List<Wait> waits) {
        MedianWait wait = MedianWait.of(waits);
        double[] made = waits.stream()
                .filter(Wait::reached)
                .mapToDouble(Wait::days)
                .sorted()
                .toArray();
        return new FirstValue(
                whole(wait.days()),
                wait.days() == null ? null : whole(wait.low()),
                whole(wait.high()),
                waits.size(),
                made.length,
                made.length == 0 ? null : (int) Math.round((made[(made.length - 1) / 2] + made[made.length / 2]) / 2));
    }

    private static @Nullable Integer whole(@Nullable Double days) {
        return days == null ? null : (int) Math.round(days);
    }
}
