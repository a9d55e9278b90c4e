package io.perennial.platform.records;

import io.perennial.shared.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes validated rows of a type whose table is not conventional, set-based, inside the caller's transaction. */
public interface RecordWriter {

    /**
     * Upserts the rows; writing equal values is not a write.
     *
     * @param rows values already parsed to their Java types, references to {@link UUID}
     * @return one outcome per row, in order
     */
    List<RowOutcome> write(List<RecordRow> rows, Actor actor, Instant now);

    /** Columns that tell a record from others, beside or instead of its external id. */
    List<String> identity();
}
