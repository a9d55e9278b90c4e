package io.perennial.sentiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opennlp.tools.ml.maxent.quasinewton.QNTrainer;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.ml.model.Event;
import opennlp.tools.ml.model.OnePassRealValueDataIndexer;
import opennlp.tools.util.ObjectStream;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/** Learns weights from lessons: multinomial logistic regression by OpenNLP, with weights kept small. */
final class Learner {

    private static final int ITERATIONS = 150;
    /** Steps the optimiser remembers; with fewer it stops early at a worse place. */
    private static final int UPDATES = 40;

    private static final double HUNDREDTHS = 100;
    private static final int LEAST = 10;

    private final double l2;

    /** @param l2 how strongly weights are kept small */
    Learner(double l2) {
        this.l2 = l2;
    }

    Weights learn(List<Lesson> lessons) {
        List<Event> events = lessons.stream()
                .flatMap(lesson -> Collections.nCopies(lesson.kind().counts, event(lesson)).stream())
                .filter(event -> event.getContext().length > 1)
                .toList();
        TrainingParameters parameters = new TrainingParameters();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, QNTrainer.MAXENT_QN_VALUE);
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 1);
        parameters.put(QNTrainer.L1COST_PARAM, 0.0);
        parameters.put(QNTrainer.M_PARAM, UPDATES);
        parameters.put(QNTrainer.L2COST_PARAM, l2);
        try (ObjectStream<Event> stream = ObjectStreamUtils.createObjectStream(events)) {
            OnePassRealValueDataIndexer indexer = new OnePassRealValueDataIndexer();
            indexer.init(parameters, new HashMap<>());
            indexer.index(stream);
            QNTrainer trainer = new QNTrainer(parameters);
            trainer.init(parameters, new HashMap<>());
            return weights((AbstractModel) trainer.doTrain(indexer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Event event(Lesson lesson) {
        Map<String, Float> features = new HashMap<>();
        for (Sentence sentence : Reader.read(lesson.text())) {
            features.putAll(Features.of(sentence, lesson.tongue()));
        }
        features = new TreeMap<>(features);
        float[] values = new float[features.size()];
        Iterator<Float> each = features.values().iterator();
        for (int i = 0; i < values.length; i++) {
            values[i] = each.next();
        }
        return new Event(lesson.said(), features.keySet().toArray(String[]::new), values);
    }

    /** Against neither: adding the same to all three tones changes nothing, so the third needs no weight. */
    @SuppressWarnings("unchecked")
    private static Weights weights(AbstractModel model) {
        Map<String, Context> learned = (Map<String, Context>) model.getDataStructures()[1];
        int upset = model.getIndex("upset");
        int glad = model.getIndex("glad");
        int neutral = model.getIndex("neutral");
        Map<String, float[]> values = new TreeMap<>();
        learned.forEach((feature, context) -> {
            double[] of = new double[3];
            int[] outcomes = context.getOutcomes();
            for (int i = 0; i < outcomes.length; i++) {
                of[outcomes[i]] = context.getParameters()[i];
            }
            long toUpset = Math.round((of[upset] - of[neutral]) * HUNDREDTHS);
            long toGlad = Math.round((of[glad] - of[neutral]) * HUNDREDTHS);
            if (Math.abs(toUpset) >= LEAST || Math.abs(toGlad) >= LEAST) {
                values.put(feature, new float[] {(float) (toUpset / HUNDREDTHS), (float) (toGlad / HUNDREDTHS)});
            }
        });
        return new Weights(version(lines(values)), values);
    }

    static String text(Weights weights) {
        return weights.version() + "\n" + lines(weights.values());
    }

    private static String lines(Map<String, float[]> values) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(values)
                .forEach((feature, weight) -> lines.append(feature)
                        .append('\t')
                        .append(Math.round(weight[0] * HUNDREDTHS))
                        .append('\t')
                        .append(Math.round(weight[1] * HUNDREDTHS))
                        .append('\n'));
        return lines.toString();
    }

    private static String version(String lines) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
            return "words-" + HexFormat.of().formatHex(Arrays.copyOf(digest, 4));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
