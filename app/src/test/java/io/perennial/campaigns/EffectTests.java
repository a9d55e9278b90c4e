package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What may be said of a campaign, and when. */
class EffectTests {

    @Test
    void theIntervalIsNewcombes() {
        // Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: 56/70 - 48/80.
        Effect effect = new Effect(70, 56, 80, 48, 0, null);
        assertThat(effect.difference()).isCloseTo(20.0, within(0.001));
        assertThat(effect.low()).isCloseTo(5.24, within(0.01));
        assertThat(effect.high()).isCloseTo(33.39, within(0.01));
        assertThat(effect.headline()).isEqualTo("It raised what it was to raise");
    }

    @Test
    void nothingIsClaimedOfFewCustomersNorOfAnIntervalThatHoldsZero() {
        assertThat(new Effect(29, 29, 400, 0, 0, null).headline())
                .startsWith("Not enough yet: 29 customers written to");
        assertThat(new Effect(100, 30, 100, 25, 0, null).headline())
                .isEqualTo("No difference that these customers could show");
        assertThat(new Effect(100, 10, 100, 40, 0, null).headline())
                .isEqualTo("It did the opposite of what it was to do");
        assertThat(new Effect(100, 10, 0, 0, 0, null).headline()).startsWith("Nobody was held out");
        assertThat(new Effect(0, 0, 0, 0, 0, null).headline()).isEqualTo("Nobody is in it yet");
    }
}
