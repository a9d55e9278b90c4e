package io.perennial.platform.imports;

import io.perennial.platform.records.RowOutcome.Problem;
import java.util.List;

/** What would become of the first rows if the import started now. */
public record ImportPreview(List<Row> rows) {

    /**
     * @param cells as in the file
     * @param outcome {@code created}, {@code changed}, {@code unchanged} or {@code problem}
     */
    public record Row(long line, List<String> cells, String outcome, List<Problem> problems) {}
}
