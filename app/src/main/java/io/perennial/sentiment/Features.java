package io.perennial.sentiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the model looks at in a sentence: words, their beginnings, pairs of words, each also as turned round by a
 * negation, and how it is written. Each feature counts once.
 */
final class Features {

    private static final int NEGATION_REACHES = 4;
    private static final int BEGINNING = 5;
    private static final float STRESSED = 1.5f;
    private static final int SHOUTED_WORDS = 2;

    /** Always there: how common a tone is when nothing else is known. */
    static final String ALWAYS = "*";

    private final Map<String, Float> values = new LinkedHashMap<>();

    private Features() {}

    static Map<String, Float> of(Sentence sentence, Tongue tongue) {
        Features features = new Features();
        features.words(sentence.tokens(), tongue);
        features.manner(sentence);
        return features.values;
    }

    private void words(List<Token> tokens, Tongue tongue) {
        String code = tongue.code();
        String before = "^";
        int negated = 0;
        int clause = 0;
        boolean stressed = false;
        boolean smallBefore = true;
        for (Token token : tokens) {
            String word = token.word();
            if (token.clause() != clause) {
                clause = token.clause();
                negated = 0;
                stressed = false;
            }
            float weight = stressed || token.stretched() ? STRESSED : 1;
            String mark = negated > 0 ? code + "!" : code + " ";
            boolean small = tongue.isSmall(word) || tongue.stresses(word);
            if (!small) {
                put(mark + word, weight);
                beginning(word).ifPresent(start -> put(mark + start, weight));
            }
            if (!small || !smallBefore) {
                put(code + " " + before + "_" + word, 1);
            }
            before = word;
            smallBefore = small;
            stressed = tongue.stresses(word);
            negated = tongue.negates(word) ? NEGATION_REACHES : Math.max(0, negated - 1);
        }
    }

    /** Words of one family begin alike. */
    static Optional<String> beginning(String word) {
        return word.length() > BEGINNING ? Optional.of(word.substring(0, BEGINNING) + "-") : Optional.empty();
    }

    private void manner(Sentence sentence) {
        put(ALWAYS, 3);
        int shouted = 0;
        boolean stretched = false;
        for (Token token : sentence.tokens()) {
            shouted += token.shouted() ? 1 : 0;
            stretched |= token.stretched();
        }
        if (shouted >= SHOUTED_WORDS && 2 * shouted >= sentence.tokens().size()) {
            put("* shouted", 1);
        }
        if (stretched) {
            put("* stretched", 1);
        }
        if (sentence.exclamations() > 0) {
            put(sentence.exclamations() > 1 ? "* !!" : "* !", 1);
        }
        if (sentence.questions() > 0) {
            put(sentence.questions() > 1 ? "* ??" : "* ?", 1);
        }
        if (sentence.questions() > 0 && sentence.exclamations() > 0) {
            put("* ?!", 1);
        }
        if (sentence.smiles() != 0) {
            put(sentence.smiles() > 0 ? "* :)" : "* :(", 1);
        }
    }

    private void put(String feature, float value) {
        values.merge(feature, value, Math::max);
    }
}
