package io.perennial.platform.imports;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row of a file, or of several that are one record.
 *
 * @param number of the first of its rows, 1 behind the header
 * @param line of the first of its rows
 * @param rows how many rows it stands for
 * @param row null unless it is a record to write
 * @param problems why it is none, or what is odd about a record that is written nevertheless
 */
record Made(
        Fate fate,
        long number,
        long line,
        long rows,
        String externalId,
        @Nullable RecordRow row,
        List<Problem> problems) {

    enum Fate {
        RECORD,
        REFUSED,
        /** Says again what an earlier row said. */
        REPEATED,
        /** The mapping wants none of it. */
        LEFT_OUT
    }

    static Made refused(long number, long line, long rows, String externalId, List<Problem> problems) {
        return new Made(Fate.REFUSED, number, line, rows, externalId, null, problems);
    }

    static Made leftOut(long number, long line, long rows) {
        return new Made(Fate.LEFT_OUT, number, line, rows, "", null, List.of());
    }

    Made repeated() {
        return new Made(Fate.REPEATED, number, line, rows, externalId, null, List.of());
    }

    Made refused(Problem problem) {
        return refused(number, line, rows, externalId, List.of(problem));
    }

    Made remarked(List<Problem> remarks) {
        return new Made(fate, number, line, rows, externalId, row, remarks);
    }
}
