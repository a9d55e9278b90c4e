package io.perennial.metrics.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.metrics.Figure;
import io.perennial.metrics.Interval;
import io.perennial.shared.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Kaplan and Meier's median with those who still wait. */
class WaitingTests {

    /** Leukaemia patients under maintenance in R's survival package: median 31, interval 18 to none. */
    @Test
    void theMedianOfAPublishedStudyComesOut() {
        int[] times = {9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161};
        boolean[] reached = {true, true, false, true, true, false, true, true, false, true, false};
        List<Wait> waits = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            waits.add(new Wait(times[i], reached[i]));
        }

        Figure median = Waiting.median(waits);

        assertThat(median.value()).isEqualByComparingTo("31");
        assertThat(median.interval()).isNull();
    }

    @Test
    void theOrderOfCustomersDoesNotMatterAndEverybodyReachingGivesAnInterval() {
        List<Wait> waits = new ArrayList<>();
        for (int day = 30; day > 0; day--) {
            waits.add(new Wait(day, true));
        }

        Figure median = Waiting.median(waits);
        Interval range = Objects.requireNonNull(median.interval());

        assertThat(median.value()).isEqualByComparingTo("15");
        assertThat(range.from()).isLessThan(median.value());
        assertThat(range.to()).isGreaterThan(median.value());
        assertThat(Waiting.median(waits.reversed())).isEqualTo(median);
        assertThat(Waiting.median(List.of()).reason()).isNotNull();
        assertThat(Waiting.achievers(List.of(new Wait(4, false))).reason()).isNotNull();
    }
}
