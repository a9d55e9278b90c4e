package io.perennial.platform.exports;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table row by row. Texts are guarded with {@link FormulaGuard}; numbers, dates, instants and booleans are
 * written as such. {@link #close} completes the file but leaves the stream below open.
 */
public interface TableWriter extends Closeable {

    void header(List<String> titles) throws IOException;

    /** @param values texts, numbers, {@link LocalDate}, {@link Instant}, booleans or null */
    void row(List<? extends @Nullable Object> values) throws IOException;
}
