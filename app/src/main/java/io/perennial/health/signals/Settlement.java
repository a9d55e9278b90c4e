package io.perennial.health.signals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What changes about the signals of one account, and what cannot be said before words are known. */
final class Settlement {

    private final SignalChanges changes = new SignalChanges();
    private final List<Unsaid> unsaid = new ArrayList<>();
    private final Set<String> wanted = new HashSet<>();

    SignalChanges changes() {
        return changes;
    }

    /** Notes the change, at once if the verdict's sentence has no blanks. */
    void say(Verdict verdict, Consumer<Verdict> change) {
        String sentence = verdict.evidence();
        Set<String> blanks = Blanks.in(sentence);
        if (blanks.isEmpty()) {
            change.accept(verdict.in(sentence));
        } else {
            wanted.addAll(blanks);
            unsaid.add(new Unsaid(verdict, sentence, change));
        }
    }

    /** The measures whose words are missing. */
    Set<String> wanted() {
        return wanted;
    }

    /** The words of the one measure that is wanted. */
    void tell(String measure, String words) {
        unsaid.forEach(one ->
                one.change().accept(one.verdict().in(one.sentence().replace(Blanks.of(measure), words))));
        unsaid.clear();
        wanted.clear();
    }

    private record Unsaid(Verdict verdict, String sentence, Consumer<Verdict> change) {}
}
