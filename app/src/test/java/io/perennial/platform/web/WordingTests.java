package io.perennial.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"140000 | 140,000", "1234.50 | 1,234.50", "12.000 | 12", "0.125 | 0.125", "-96400 | -96,400"})
    void amountShowsCentsOnlyWhenThereAreAny(BigDecimal amount, String shown) {
        assertThat(Wording.amount(amount)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4213400 | 4.2M",
                "140000 | 140k",
                "9800 | 9,800",
                "999600 | 1.0M",
                "1604000000 | 1.6B",
                "-140000 | -140k"
            })
    void shortAmountKeepsTwoOrThreeDigits(BigDecimal amount, String shown) {
        assertThat(Wording.shortAmount(amount)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24, today", "2026-11-25, tomorrow", "2026-11-21, 3 days ago", "2027-03-15, in 111 days"})
    void distanceIsToldInDays(LocalDate date, String told) {
        assertThat(Wording.distance(date, TODAY)).isEqualTo(told);
    }

    @Test
    void scoreNeverReadsAsTheNextBand() {
        assertThat(Wording.score(44.96)).isEqualTo("44");
        assertThat(Wording.score(null)).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({"AT_RISK, AT_RISK", "at-risk, AT_RISK", "At risk, AT_RISK", "Watch, WATCH", "sunny, UNKNOWN"})
    void bandIsUnderstoodInEverySpelling(String name, Band band) {
        assertThat(Band.of(name)).isEqualTo(band);
    }

    @Test
    void littleLineSaysWhatItShows() {
        short[] weeks = {76, 74, 70, -1, 62};
        assertThat(Spark.words(weeks)).isEqualTo("62, down 14 in 5 weeks");
        assertThat(Spark.points(weeks).split(" ")).hasSize(4);
        assertThat(Spark.words(new short[] {-1, -1})).isEqualTo("No history yet");
    }
}
