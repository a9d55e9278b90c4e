package io.perennial.platform.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a record type, as users see it in CSV, JSON and documentation, and as the table stores it.
 *
 * @param name public name, snake_case, e.g. {@code renews_on}
 * @param type what it may hold
 * @param storedIn column of the table; a reference stores the id, e.g. {@code account_id}
 * @param required whether a new record needs it
 * @param references name of the record type a {@link ColumnType#REFERENCE} points to, else null
 * @param allowed the choices of a {@link ColumnType#CHOICE}, else empty
 * @param maxLength characters of a text
 * @param description one sentence for people
 * @param example a value for documentation and the template file
 * @param aliases other header names that suggest this column, lower case
 */
public record Column(
        String name,
        ColumnType type,
        String storedIn,
        boolean required,
        @Nullable String references,
        List<String> allowed,
        int maxLength,
        String description,
        String example,
        List<String> aliases) {

    public static final int DEFAULT_MAX_LENGTH = 500;

    public static Column of(String name, ColumnType type, String description, String example) {
        return new Column(
                name, type, name, false, null, List.of(), DEFAULT_MAX_LENGTH, description, example, List.of());
    }

    public static Column reference(String name, String type, String storedIn, String description, String example) {
        return new Column(
                name,
                ColumnType.REFERENCE,
                storedIn,
                false,
                type,
                List.of(),
                DEFAULT_MAX_LENGTH,
                description,
                example,
                List.of());
    }

    public static Column choice(String name, List<String> allowed, String description, String example) {
        return new Column(
                name,
                ColumnType.CHOICE,
                name,
                false,
                null,
                allowed,
                DEFAULT_MAX_LENGTH,
                description,
                example,
                List.of());
    }

    public Column requiredForNew() {
        return new Column(name, type, storedIn, true, references, allowed, maxLength, description, example, aliases);
    }

    public Column upTo(int characters) {
        return new Column(
                name, type, storedIn, required, references, allowed, characters, description, example, aliases);
    }

    public Column alsoKnownAs(String... headers) {
        return new Column(
                name, type, storedIn, required, references, allowed, maxLength, description, example, List.of(headers));
    }
}
