package io.perennial.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write to a support desk may write anything. */
class HostileTextTests {

    private static final int MEGABYTE = 1_000_000;
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "`",
                "```",
                "<",
                "<a",
                "!",
                "?!",
                ".",
                ". a",
                "@",
                ":",
                ":-",
                "'",
                "a'",
                "-",
                "a-",
                "\\",
                "a/",
                "\n",
                "> ",
                "\u202e",
                "\u200b",
                "e\u0301",
                "\ud83d\ude00",
                "\ud83d",
                "\ude00",
                "I hate this. ",
                "ﷺ",
                "ß",
                "İ",
                "a.b",
                "\t"
            })
    void megabytesOfAnythingAreReadAtOnce(String piece) {
        String text = piece.repeat(MEGABYTE / piece.length());
        Tone tone = Assertions.assertTimeoutPreemptively(AT_ONCE, () -> Sentiment.read(text, "en"));
        check(tone);
    }

    @Test
    void anyMixtureOfSignsGivesATone() {
        Random random = new Random(155);
        String[] pieces = {
            "hate",
            "NOT",
            " ",
            "\n",
            "!",
            "?",
            "`",
            "```",
            "<b>",
            "<",
            ">",
            ".",
            "...",
            ":(",
            ":-)",
            "\u202e",
            "\u200f",
            "\u0000",
            "\ud83d",
            "\ud83d\ude21",
            "مرحبا",
            "ужасно",
            "最悪",
            "don't",
            "l'",
            "@x",
            "http://a.b/c?d=e",
            "'",
            "-",
            "_",
            "9",
            ",",
            "é",
            "\r\n",
            "%s",
            "'; drop table",
            "\\u0041",
            "ööööööö",
            "x".repeat(50)
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            check(Sentiment.read(text.toString(), random.nextBoolean() ? "de" : "\u0000"));
        }
    }

    @Test
    void whatIsQuotedCannotTurnThePageRound() {
        Tone tone = Sentiment.read("I \u202ehate\u202c this\u0007 awful\u200b thing!", "en");
        assertThat(tone.sentence()).isEqualTo("I hate this awful thing!");
    }

    @Test
    void hidingALetterHidesNoWord() {
        assertThat(Sentiment.read("I ha\u200bte this awful thing!", "en").upset())
                .isEqualTo(Sentiment.read("I hate this awful thing!", "en").upset());
    }

    @Test
    void theTimeGrowsWithTheTextAndAUsualMessageTakesLessThanAMillisecond() {
        String message =
                "Hello, the export of the report still stops after a minute, and we have written twice already. "
                        .repeat(6);
        for (int i = 0; i < 2_000; i++) {
            check(Sentiment.read(message, "en"));
        }
        // The quickest of some rounds: others work on this machine as well.
        double milliseconds = Double.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < 20; round++) {
            long before = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                sum += Sentiment.read(message, "en").upset();
            }
            milliseconds = Math.min(milliseconds, (System.nanoTime() - before) / 1e6 / 100);
        }
        System.out.printf("Reading a message of %d characters: %.3f ms%n", message.length(), milliseconds);
        assertThat(sum).isPositive();
        assertThat(milliseconds).isLessThan(1);
    }

    private static void check(Tone tone) {
        assertThat(tone.upset()).isBetween(0.0, 1.0);
        assertThat(tone.score()).isBetween(-1.0, 1.0);
        assertThat(tone.sentence().length()).isLessThanOrEqualTo(Sentiment.LONGEST_QUOTE);
        assertThat(tone.sentence().codePoints())
                .noneMatch(point -> Character.getType(point) == Character.FORMAT
                        || Character.getType(point) == Character.CONTROL
                        || Character.getType(point) == Character.SURROGATE);
        assertThat(tone.words()).hasSizeLessThanOrEqualTo(5);
    }
}
