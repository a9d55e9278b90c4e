package io.perennial.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.text.TextDifference.Kind;
import io.perennial.platform.text.TextDifference.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextDifferenceTests {

    @Test
    void oneChangedLineIsOneGoneAndOneNew() {
        assertThat(TextDifference.between("Open the board\nPress Share\nDone", "Open the board\nPress Invite\nDone"))
                .containsExactly(
                        new Line(Kind.SAME, "Open the board"),
                        new Line(Kind.GONE, "Press Share"),
                        new Line(Kind.NEW, "Press Invite"),
                        new Line(Kind.SAME, "Done"));
    }

    @Test
    void nothingAndNothingDoNotDiffer() {
        assertThat(TextDifference.between("", "")).isEmpty();
    }

    @Test
    void bothTextsCanBeReadFromTheDifferenceWhateverTheyAre() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            List<String> old = lines(random, random.nextInt(40));
            List<String> now = new ArrayList<>(old);
            for (int change = random.nextInt(12); change > 0; change--) {
                if (now.isEmpty() || random.nextBoolean()) {
                    now.add(random.nextInt(now.size() + 1), "new " + random.nextInt(5));
                } else {
                    now.remove(random.nextInt(now.size()));
                }
            }
            var difference = TextDifference.between(String.join("\n", old), String.join("\n", now));
            assertThat(texts(difference, Kind.NEW)).isEqualTo(old);
            assertThat(texts(difference, Kind.GONE)).isEqualTo(now);
        }
    }

    @Test
    void twoLongTextsWithoutACommonLineAreShownAsReplaced() {
        String old = "a\n".repeat(5_000);
        String now = "b\n".repeat(5_000);

        assertThat(TextDifference.between(old, now)).hasSize(10_000);
    }

    private static List<String> texts(List<Line> difference, Kind without) {
        return difference.stream()
                .filter(line -> line.kind() != without)
                .map(Line::text)
                .toList();
    }

    private static List<String> lines(Random random, int count) {
        return random.ints(count, 0, 6).mapToObj(number -> "line " + number).toList();
    }
}
