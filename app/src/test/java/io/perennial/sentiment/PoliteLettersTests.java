package io.perennial.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** People who ask kindly are not upset, and people who are upset may say so kindly. None of these letters was a lesson. */
class PoliteLettersTests {

    private record Letter(String language, boolean upset, String text) {

        double read() {
            return Sentiment.read(text, language).upset();
        }
    }

    private static List<Letter> letters() throws IOException {
        try (InputStream text =
                Objects.requireNonNull(PoliteLettersTests.class.getResourceAsStream("/sentiment-letters.txt"))) {
            List<Letter> letters = new ArrayList<>();
            String[] heading = {"en", "neutral"};
            boolean begun = false;
            for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    heading = line.substring(1, line.length() - 1).split(" ", 2);
                    begun = true;
                } else if (begun && !line.isBlank()) {
                    letters.add(new Letter(heading[0], heading[1].equals("upset"), line.replace("\\n", "\n")));
                }
            }
            return letters;
        }
    }

    @Test
    void whoAsksKindlyIsNotCalledUpset() throws IOException {
        List<Letter> kind = letters().stream().filter(letter -> !letter.upset()).toList();
        List<Letter> wronged =
                kind.stream().filter(letter -> letter.read() >= Tone.UPSET).toList();
        System.out.printf(
                Locale.ROOT,
                "Polite letters: %d of %d called upset, mean chance %.3f%n",
                wronged.size(),
                kind.size(),
                kind.stream().mapToDouble(Letter::read).average().orElseThrow());
        wronged.forEach(letter -> System.out.printf(
                Locale.ROOT,
                "  %.2f %s: %s%n",
                letter.read(),
                letter.language(),
                Sentiment.read(letter.text(), letter.language()).sentence()));
        assertThat(wronged).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whoIsUpsetIsHeardThroughTheCourtesy() throws IOException {
        List<Letter> upset = letters().stream().filter(Letter::upset).toList();
        List<Letter> heard =
                upset.stream().filter(letter -> letter.read() >= Tone.UPSET).toList();
        System.out.printf(Locale.ROOT, "Politely upset letters: %d of %d heard%n", heard.size(), upset.size());
        upset.stream()
                .filter(letter -> letter.read() < Tone.UPSET)
                .forEach(letter -> System.out.printf(
                        Locale.ROOT, "  %.2f %s: %s%n", letter.read(), letter.language(), letter.text()));
        assertThat(heard.size()).isGreaterThanOrEqualTo(upset.size() - 2);
    }
}
