package io.perennial.platform.imports;

import java.util.Locale;

/**
 * What became of the rows of an import so far.
 *
 * @param gathered rows behind the first one of a record that is made of several
 * @param leftOut rows that the mapping wants nothing of
 */
public record Counts(long created, long changed, long unchanged, long withProblems, long gathered, long leftOut) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    /** Of a file whose every row is a record. */
    public Counts(long created, long changed, long unchanged, long withProblems) {
        this(created, changed, unchanged, withProblems, 0, 0);
    }

    Counts plus(Counts more) {
        return new Counts(
                created + more.created,
                changed + more.changed,
                unchanged + more.unchanged,
                withProblems + more.withProblems,
                gathered + more.gathered,
                leftOut + more.leftOut);
    }

    /** Of rows that were tried again: they were counted as rows with problems before. */
    Counts afterProblems(int rows) {
        return new Counts(created, changed, unchanged, withProblems - rows);
    }

    public long rows() {
        return created + changed + unchanged + withProblems + gathered + leftOut;
    }

    /** "4,120 created, 12 changed, 980 unchanged, 3 with problems". */
    public String sentence() {
        String sentence = String.format(
                Locale.ENGLISH,
                "%,d created, %,d changed, %,d unchanged, %,d with problems",
                created,
                changed,
                unchanged,
                withProblems);
        return sentence + behind(gathered, "put together with others") + behind(leftOut, "left out");
    }

    private static String behind(long rows, String what) {
        return rows == 0 ? "" : String.format(Locale.ENGLISH, ", %,d %s", rows, what);
    }
}
