package io.perennial.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The weights that ship are those that our lessons give; {@code -Dperennial.write-sentiment=true} writes them anew. */
class LearnedWeightsTests {

    private static final Path RESOURCE = Path.of("src/main/resources" + Weights.RESOURCE);
    /** How strongly weights are kept small: chosen on our own sentences and half of the public messages. */
    private static final double L2 = 1;

    private static final int FOLDS = 5;

    @Test
    void theWeightsThatShipAreThoseThatTheLessonsGive() throws IOException {
        List<Lesson> lessons = new ArrayList<>(Lessons.all());
        String judged = System.getProperty("perennial.sentiment.judged", "");
        if (!judged.isEmpty()) {
            lessons.addAll(Lessons.judged(Path.of(judged)));
        }
        Weights learned = new Learner(L2).learn(lessons);
        if (Boolean.getBoolean("perennial.write-sentiment")) {
            Files.createDirectories(RESOURCE.getParent());
            Files.writeString(RESOURCE, Learner.text(learned), StandardCharsets.UTF_8);
        }
        Weights shipped = Files.exists(RESOURCE) ? read() : Weights.shipped();
        Sentiment fresh = new Sentiment(learned);
        int alike = 0;
        List<Lesson> sentences = sentences();
        for (Lesson lesson : sentences) {
            Tone ours = fresh.tone(lesson.text(), lesson.tongue().code());
            Tone kept =
                    new Sentiment(shipped).tone(lesson.text(), lesson.tongue().code());
            alike += Math.abs(ours.upset() - kept.upset()) < 0.05 ? 1 : 0;
        }
        // Another processor may round differently on the way; the reading must not differ.
        assertThat(alike).isGreaterThanOrEqualTo((int) (0.99 * sentences.size()));
    }

    @Test
    void sentencesItHasNotSeenAreToldApartInEveryLanguage() {
        List<Lesson> rest = new ArrayList<>(Lessons.all());
        List<Lesson> sentences = sentences();
        rest.removeAll(sentences);
        List<List<Measured.Said>> byTongue = new ArrayList<>();
        for (Tongue ignored : Tongue.values()) {
            byTongue.add(new ArrayList<>());
        }
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Lesson> taught = new ArrayList<>(rest);
            List<Lesson> asked = new ArrayList<>();
            for (int i = 0; i < sentences.size(); i++) {
                (i % FOLDS == fold ? asked : taught).add(sentences.get(i));
            }
            Sentiment model = new Sentiment(new Learner(L2).learn(taught));
            for (Lesson lesson : asked) {
                double upset = model.tone(lesson.text(), lesson.tongue().code()).upset();
                byTongue.get(lesson.tongue().ordinal())
                        .add(new Measured.Said(upset, lesson.said().equals("upset")));
            }
        }
        for (Tongue tongue : Tongue.values()) {
            Measured measured = Measured.of(byTongue.get(tongue.ordinal()));
            System.out.println("Own sentences not seen, " + tongue.code() + ": "
                    + Measured.intervals(byTongue.get(tongue.ordinal())));
            assertThat(measured.auc()).as(tongue.code()).isGreaterThan(0.75);
        }
    }

    private static Weights read() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(RESOURCE)) {
            return Weights.read(lines);
        }
    }

    private static List<Lesson> sentences() {
        return Lessons.all().stream()
                .filter(lesson -> lesson.kind() == Lesson.Kind.SENTENCE)
                .toList();
    }
}
