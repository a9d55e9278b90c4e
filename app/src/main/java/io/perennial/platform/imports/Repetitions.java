package io.perennial.platform.imports;

import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RecordWriter;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one file that mean the same record: the first counts, one that says the same again is no news, one that
 * contradicts is told. A type with an identity of its own keeps rows that share nothing but the identifier, and tells.
 */
final class Repetitions {

    private final String title;
    private final @Nullable List<String> identity;
    private final SeenRows records = new SeenRows();
    private final SeenRows identifiers = new SeenRows();

    /** @param title how the file calls the identifier */
    Repetitions(RecordType type, String title) {
        RecordWriter writer = type.writer();
        this.title = title;
        this.identity = writer == null ? null : writer.identity();
    }

    Made judge(Made made) {
        RecordRow row = made.row();
        if (row == null) {
            return made;
        }
        return identity == null ? byIdentifier(made, row) : byIdentity(made, row, identity);
    }

    private Made byIdentifier(Made made, RecordRow row) {
        long line = records.see(made.externalId(), content(row), made.line());
        if (line == 0) {
            return made;
        }
        return line < 0 ? made.repeated() : made.refused(contradiction(made, line));
    }

    private Made byIdentity(Made made, RecordRow row, List<String> columns) {
        StringBuilder key = new StringBuilder(made.externalId());
        for (String column : columns) {
            key.append('\0').append(Objects.requireNonNullElse(row.values().get(column), ""));
        }
        long line = records.see(key.toString(), content(row), made.line());
        if (line != 0) {
            return made.externalId().isEmpty()
                    ? made.refused(sameAgain(columns, Math.abs(line)))
                    : line < 0 ? made.repeated() : made.refused(contradiction(made, line));
        }
        boolean known = !made.externalId().isEmpty() && identifiers.see(made.externalId(), 0, made.line()) != 0;
        return known ? made.remarked(List.of(elsewhere(made, columns))) : made;
    }

    private static int content(RecordRow row) {
        return 31 * row.values().hashCode() + row.attributes().hashCode();
    }

    private Problem contradiction(Made made, long line) {
        return new Problem(
                title,
                "duplicate_external_id",
                "The same identifier with other values was first seen on line " + line + "; that row counts",
                made.externalId());
    }

    private static Problem sameAgain(List<String> columns, long line) {
        return new Problem(
                "",
                "duplicate",
                "Line " + line + " has the same " + String.join(", ", columns)
                        + ". Tell such rows apart by external_id, or put them together: gather",
                "");
    }

    private Problem elsewhere(Made made, List<String> columns) {
        return new Problem(
                title,
                "repeated_identifier",
                "The identifier stands in an earlier row with another " + String.join(", ", columns)
                        + ". Both rows are kept",
                made.externalId());
    }
}
