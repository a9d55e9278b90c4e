package io.perennial.platform.imports.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row as the file has it.
 *
 * @param number 1 for the first row after the header
 * @param line physical line on which the row begins, 1 for the first line of the file
 * @param cells trimmed
 * @param flaw what makes the row unusable, or null
 */
public record RawRow(
        long number,
        long line,
        List<String> cells,
        @Nullable Flaw flaw) {

    /**
     * @param column index of the cell, -1 for the row as a whole
     * @param code stable, e.g. {@code field_too_long}
     * @param message what is wrong and what would be right
     * @param value beginning of the cell
     */
    public record Flaw(int column, String code, String message, String value) {}
}
