package io.perennial.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTests {

    @Test
    void theMedianIsTheMiddleOfTheSortedValues() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            int[] values = random.ints(1 + random.nextInt(40), 0, 8).toArray();
            int zeros = random.nextInt(6);
            Tally tally = new Tally();
            Arrays.stream(values).forEach(tally::add);

            int[] all = Arrays.copyOf(values, values.length + zeros);
            Arrays.sort(all);
            int expected = (int) Math.ceil((all[(all.length - 1) / 2] + all[all.length / 2]) / 2.0);

            assertThat(tally.median(zeros)).as(Arrays.toString(all)).isEqualTo(expected);
        }
    }

    @Test
    void nothingKnownIsNothing() {
        assertThat(new Tally().median(0)).isZero();
    }

    @Test
    void whoHasNothingIsNoUser() {
        Tally tally = new Tally();
        tally.add(0);
        tally.add(300);

        assertThat(tally.positive()).isEqualTo(1);
        assertThat(tally.total()).isEqualTo(2);
    }
}
