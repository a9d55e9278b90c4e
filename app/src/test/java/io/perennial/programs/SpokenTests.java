package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.programs.Catalogue.NotPossible;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTests {

    @ParameterizedTest
    @CsvSource({
        "4, 240",
        "4 h, 240",
        "1.5, 90",
        "'1,5 hours', 90",
        "90 min, 90",
        "30 m, 30",
        "1 h 30 min, 90",
        "2h15m, 135",
        "10 H, 600"
    })
    void aTimeIsReadAsPeopleWriteIt(String text, long minutes) {
        assertThat(Spoken.read(text)).contains(Duration.ofMinutes(minutes));
    }

    @Test
    void whatIsSaidIsReadBack() {
        for (int minutes = 1; minutes < 3_000; minutes += 7) {
            Duration time = Duration.ofMinutes(minutes);
            assertThat(Spoken.read(Spoken.duration(time))).contains(time);
        }
        assertThat(Spoken.read(" ")).isEmpty();
        assertThatThrownBy(() -> Spoken.read("soon")).isInstanceOf(NotPossible.class);
    }
}
