package io.perennial.platform.imports;

import java.util.List;

/**
 * What only a person can say; an import does not start before every question has its answer.
 *
 * @param code {@code duplicate_header}, {@code missing_identifier}, {@code ambiguous_date}, {@code decimal_mark},
 *     {@code encoding}
 * @param column title of the column in the file, or empty
 * @param message the question in words
 * @param choices possible answers and what a value of the file would mean under each
 */
public record Question(String code, String column, String message, List<Choice> choices) {

    public record Choice(String answer, String meaning) {}
}
