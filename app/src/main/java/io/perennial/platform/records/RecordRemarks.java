package io.perennial.platform.records;

import io.perennial.platform.records.RowOutcome.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what is odd about rows that are right nevertheless: use before the contract began, a case of somebody who was no
 * customer yet. Whoever brings a file hears of it; the rows are written. Asked set-based, within the writing transaction.
 */
public interface RecordRemarks {

    /**
     * @param rows valid rows as they came, dates in ISO 8601
     * @return at most one remark by position in {@code rows}; the message is the same for all rows of one code
     */
    Map<Integer, Problem> about(RecordType type, List<RecordRow> rows);

    /**
     * @param moment of the type, see {@link RecordType#moment()}
     * @return the day on which the record happened; null when the row says none
     */
    static @Nullable LocalDate day(Column moment, RecordRow row) {
        return row.values().get(moment.name()) instanceof String text && text.length() >= ISO_DAY
                ? LocalDate.parse(text.substring(0, ISO_DAY))
                : null;
    }

    /** Characters of 2026-11-24. */
    int ISO_DAY = 10;
}
