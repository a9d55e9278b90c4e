package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a reader likes to be written to. */
class SendWindowTests {

    private static final int WORKDAYS = 0b11111;

    @Test
    void aLetterOnFridayNightInOsloWaitsForMondayMorning() {
        SendWindow window = new SendWindow(8, 18, WORKDAYS);
        ZoneId oslo = ZoneId.of("Europe/Oslo");
        Instant night = Instant.parse("2026-11-27T19:00:00Z");
        assertThat(window.next(night, oslo)).isEqualTo("2026-11-30T07:00:00Z");
        Instant noon = Instant.parse("2026-11-27T11:00:00Z");
        assertThat(window.next(noon, oslo)).isEqualTo(noon);
        assertThat(window.next(noon, ZoneId.of("Pacific/Auckland"))).isEqualTo("2026-11-29T19:00:00Z");
    }

    @Test
    void anHourThatSpringLeavesOutBeginsWhenItIsOver() {
        SendWindow window = new SendWindow(2, 4, 127);
        assertThat(window.next(Instant.parse("2027-03-28T00:30:00Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo("2027-03-28T01:00:00Z");
    }

    @Test
    void whateverTheClockAndTheZoneTheAnswerLiesInTheWindowAndIsTheFirstSuchMoment() {
        Random random = new Random(7);
        List<ZoneId> zones =
                ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
        for (int i = 0; i < 20_000; i++) {
            int from = random.nextInt(24);
            SendWindow window = new SendWindow(from, from + 1 + random.nextInt(24 - from), 1 + random.nextInt(127));
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            Instant now = Instant.ofEpochSecond(1_750_000_000L + random.nextInt(60_000_000));
            Instant next = window.next(now, zone);
            assertThat(next).isBetween(now, now.plus(Duration.ofDays(9)));
            assertThat(window.next(next, zone)).isEqualTo(next);
            if (next.isAfter(now)) {
                // A second earlier would have had to wait as well.
                assertThat(window.next(next.minusSeconds(1), zone))
                        .as("%s %s %s", window, zone, now)
                        .isEqualTo(next);
            }
        }
    }

    @Test
    void hoursThatNeverComeAreRefused() {
        for (int[] wrong : new int[][] {{18, 9, 127}, {9, 9, 127}, {9, 18, 0}, {-1, 5, 1}, {0, 25, 1}}) {
            assertThatThrownBy(() -> new SendWindow(wrong[0], wrong[1], wrong[2]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
