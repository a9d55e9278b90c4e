package io.perennial.platform.imports;

import io.perennial.platform.exports.FormulaGuard;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a row whether a column has one of some values, letter case aside; {@code *} is any text, nothing an empty cell. */
final class Condition {

    private final int column;
    private final Set<String> values;
    private final boolean anything;

    /** @throws MappingProblem when the file has no such column */
    Condition(String column, Collection<String> values, Inspection file) {
        this.column = Template.header(column, file).index();
        this.values = values.stream().map(value -> fold(value.strip())).collect(Collectors.toSet());
        this.anything = values.contains(Mapping.EVERYTHING);
    }

    boolean holds(List<String> cells) {
        String cell = FormulaGuard.remove(cells.get(column));
        return values.contains(fold(cell)) || (anything && !cell.isEmpty());
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
