package io.perennial.platform.records;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of record that a company brings. Each module declares its types as beans; CSV import, REST, export, bulk
 * edit, undo and the documentation follow from the declaration.
 *
 * <p>The table keeps to a convention: {@code id uuid primary key, external_id text unique not null, attributes jsonb
 * not null default '{}', created_at timestamptz not null, updated_at timestamptz not null, version int not null
 * default 1} beside the declared columns. A type whose table differs brings a {@link RecordWriter} of its own.
 *
 * @param name plural, kebab-case, used in URLs and on the command line: {@code contract-lines}
 * @param title as on screen
 * @param purpose one sentence for people
 * @param table schema-qualified
 * @param columns in the order of documentation, without {@code external_id}, which every type has
 * @param accountColumn the table's column that holds the account ({@code id} for accounts); null when none
 * @param writer replaces the standard writer when present
 */
public record RecordType(
        String name,
        String title,
        String purpose,
        String table,
        List<Column> columns,
        @Nullable String accountColumn,
        @Nullable RecordWriter writer) {

    public Optional<Column> column(String name) {
        for (Column column : columns) { // asked for every value of every row
            if (column.name().equals(name)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /**
     * The e-mail address that every record of this type has, and by which others may refer to it. Where an address is optional
     * it names nobody for certain.
     */
    public Optional<Column> addressColumn() {
        return columns.stream()
                .filter(column -> column.type() == ColumnType.EMAIL && column.required())
                .findFirst();
    }

    /** The day or time at which a record of this type happened: the first that every record needs. */
    public Optional<Column> moment() {
        return columns.stream()
                .filter(column ->
                        column.required() && (column.type() == ColumnType.DATE || column.type() == ColumnType.INSTANT))
                .findFirst();
    }
}
