package io.perennial.sentiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a message sounds. It knows English best, and German, French, Spanish and Italian in a simple way; of other
 * languages it understands shouting, signs and faces only. Reads at most the first 20,000 characters, in time that grows
 * with them and no faster.
 */
public final class Sentiment {

    static final int LONGEST_QUOTE = 240;
    private static final int MOST_WORDS = 5;
    private static final float TELLING = 0.3f;
    private static final double CERTAIN = 1e-9;

    private static final class Shipped {
        static final Sentiment MODEL = new Sentiment(Weights.shipped());
    }

    private final Weights weights;

    Sentiment(Weights weights) {
        this.weights = weights;
    }

    /** @param language of the writer as a tag, such as {@code de} or {@code pt-BR}, if known; the text has the last word */
    public static Tone read(String text, @Nullable String language) {
        return Shipped.MODEL.tone(text, language);
    }

    /** The version of the weights that ship, to be kept beside what they said. */
    public static String version() {
        return Shipped.MODEL.weights.version();
    }

    Tone tone(String text, @Nullable String language) {
        List<Sentence> sentences = Reader.read(text);
        Tongue tongue = Tongue.of(sentences, language);
        Sentence upsetting = null;
        Sentence telling = null;
        double upset = 0;
        double glad = 0;
        double most = -1;
        for (Sentence sentence : sentences) {
            double[] chances = chances(Features.of(sentence, tongue));
            if (chances[0] > upset) {
                upset = chances[0];
                upsetting = sentence;
            }
            glad = Math.max(glad, chances[1]);
            double said = Math.max(chances[0], chances[1]);
            if (said > most) {
                most = said;
                telling = sentence;
            }
        }
        upset = among(upset, sentences.size());
        Sentence shown = upset >= Tone.UPSET ? upsetting : telling;
        return new Tone(
                Math.clamp(glad - upset, -1, 1),
                upset,
                shown == null ? "" : Quote.of(text, shown),
                upsetting == null ? List.of() : words(upsetting, tongue));
    }

    /** One sentence among many sounds upset by chance more easily: its odds are divided by the root of their number. */
    private static double among(double chance, int sentences) {
        double odds = chance / Math.max(1 - chance, CERTAIN) / Math.sqrt(Math.max(1, sentences));
        return odds / (1 + odds);
    }

    /** Of being upset and of being glad. */
    double[] chances(Map<String, Float> features) {
        double upset = 0;
        double glad = 0;
        for (Map.Entry<String, Float> feature : features.entrySet()) {
            float[] weight = weights.of(feature.getKey());
            upset += weight[0] * feature.getValue();
            glad += weight[1] * feature.getValue();
        }
        double top = Math.max(0, Math.max(upset, glad));
        double sum = Math.exp(-top) + Math.exp(upset - top) + Math.exp(glad - top);
        return new double[] {Math.exp(upset - top) / sum, Math.exp(glad - top) / sum};
    }

    private List<String> words(Sentence sentence, Tongue tongue) {
        Map<String, Float> said = new HashMap<>();
        for (Token token : sentence.tokens()) {
            float plain = weight(tongue.code() + " ", token.word());
            said.merge(token.written(), plain, Math::max);
        }
        List<Map.Entry<String, Float>> telling = new ArrayList<>(said.entrySet());
        telling.removeIf(word -> word.getValue() < TELLING);
        telling.sort(Comparator.comparing((Map.Entry<String, Float> word) -> -word.getValue())
                .thenComparing(Map.Entry::getKey));
        return telling.stream().limit(MOST_WORDS).map(Map.Entry::getKey).toList();
    }

    /** How much more a word says of being upset than of being glad. */
    private float weight(String mark, String word) {
        float[] whole = weights.of(mark + word);
        float[] begun =
                Features.beginning(word).map(start -> weights.of(mark + start)).orElse(Weights.NOTHING);
        return whole[0] + begun[0] - Math.max(0, whole[1] + begun[1]);
    }
}
