package io.perennial.platform.imports.reading;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a file one after the other, the header first. */
public interface RowSource extends Closeable {

    /** @return null after the last row */
    @Nullable
    RawRow next() throws IOException;
}
