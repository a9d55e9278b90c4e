package io.perennial.playbooks.moments;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows moments of one kind: a signal that opens, a milestone that is reached, a day that comes. They are read with one statement
 * for any set of customers and any span of time, past or present, so that what starts a playbook today and what a dry run finds
 * in the past year are the same rows.
 */
public interface MomentSource {

    /**
     * @param word in the text of a playbook, after {@code when:}
     * @param sentence with {@code {name}} where the name belongs, as in "the signal {name} opens"
     * @param any the same for any name, as in "any signal opens"
     * @param shifts whether days before or after it can be meant
     */
    record Kind(String word, String sentence, String any, boolean shifts) {}

    Kind kind();

    /** Names that there are, with their titles; empty when any words may be one. */
    Map<String, String> names();

    /**
     * A select of {@code id text, account_id uuid, name text, at timestamptz, evidence text} without parameters. The id stays the
     * same for the same moment: it is the episode of the playbook.
     */
    String select();

    /** Types of records that bring such moments, as {@code RecordType.name} says; a written one is looked at at once. */
    default Set<String> records() {
        return Set.of();
    }

    /** Stable order on pages. */
    static List<MomentSource> sorted(List<MomentSource> sources) {
        return sources.stream()
                .sorted(java.util.Comparator.comparing(source -> source.kind().word()))
                .toList();
    }
}
