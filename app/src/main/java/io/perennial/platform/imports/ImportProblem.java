package io.perennial.platform.imports;

import org.jspecify.annotations.Nullable;

/**
 * One line of the error file.
 *
 * @param row number of the row, 1 for the first behind the header
 * @param line physical line of the file
 * @param column title as in the file, or empty for the row as a whole
 * @param again whether the row is tried again once all others are in
 * @param waitsFor type of the record that is missing and may come with another file, else null
 */
public record ImportProblem(
        long row,
        long line,
        String column,
        String code,
        String reason,
        String value,
        boolean again,
        @Nullable String waitsFor) {}
