package io.perennial.platform.imports;

import java.util.Locale;

/** What became of the rows of an import so far. */
public record Counts(long created, long changed, long unchanged, long withProblems) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts more) {
        return new Counts(
                created + more.created,
                changed + more.changed,
                unchanged + more.unchanged,
                withProblems + more.withProblems);
    }

    public long rows() {
        return created + changed + unchanged + withProblems;
    }

    /** "4,120 created, 12 changed, 980 unchanged, 3 with problems". */
    public String sentence() {
        return String.format(
                Locale.ENGLISH,
                "%,d created, %,d changed, %,d unchanged, %,d with problems",
                created,
                changed,
                unchanged,
                withProblems);
    }
}
