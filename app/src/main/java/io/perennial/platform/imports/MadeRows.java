package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.RowSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records that a file makes, one after the other, in an order that is the same whenever it is read. */
interface MadeRows extends AutoCloseable {

    /** Opens the rows of a file behind its header. */
    interface Opening {
        RowSource open() throws IOException;
    }

    /** @return null at the end */
    @Nullable
    Made next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * @param rows in the file
     * @throws MappingProblem when the file is too large to gather its rows
     */
    static MadeRows of(RowMaker maker, Repetitions repetitions, long rows, Opening file) throws IOException {
        return maker.mapping().rows().gathered()
                ? new GatheredRows(maker, rows, file)
                : new SingleRows(maker, repetitions, file.open());
    }

    /** Every row is a record. */
    final class SingleRows implements MadeRows {

        private final RowMaker maker;
        private final Repetitions repetitions;
        private final RowSource source;

        SingleRows(RowMaker maker, Repetitions repetitions, RowSource source) {
            this.maker = maker;
            this.repetitions = repetitions;
            this.source = source;
        }

        @Override
        public @Nullable Made next() throws IOException {
            io.perennial.platform.imports.reading.RawRow raw = source.next();
            return raw == null ? null : repetitions.judge(maker.make(raw));
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
