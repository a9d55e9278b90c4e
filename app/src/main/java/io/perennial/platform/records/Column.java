package io.perennial.platform.records;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param words other words for the choices of a {@link ColumnType#CHOICE}, as other systems say them
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
        List<String> aliases,
        Map<String, String> words) {

    public static final int DEFAULT_MAX_LENGTH = 500;

    public static Column of(String name, ColumnType type, String description, String example) {
        return plain(name, type, name, null, List.of(), description, example);
    }

    public static Column reference(String name, String type, String storedIn, String description, String example) {
        return plain(name, ColumnType.REFERENCE, storedIn, type, List.of(), description, example);
    }

    public static Column choice(String name, List<String> allowed, String description, String example) {
        return plain(name, ColumnType.CHOICE, name, null, allowed, description, example);
    }

    private static Column plain(
            String name,
            ColumnType type,
            String storedIn,
            @Nullable String references,
            List<String> allowed,
            String description,
            String example) {
        return new Column(
                name,
                type,
                storedIn,
                false,
                references,
                allowed,
                DEFAULT_MAX_LENGTH,
                description,
                example,
                List.of(),
                Map.of());
    }

    public Column requiredForNew() {
        return with(true, maxLength, aliases, words);
    }

    public Column upTo(int characters) {
        return with(required, characters, aliases, words);
    }

    public Column alsoKnownAs(String... headers) {
        return with(required, maxLength, List.of(headers), words);
    }

    /** @param choice one of {@link #allowed()}, which these words mean too */
    public Column alsoReads(String choice, String... otherWords) {
        Map<String, String> more = new LinkedHashMap<>(words);
        for (String word : otherWords) {
            more.put(word, choice);
        }
        return with(required, maxLength, aliases, Map.copyOf(more));
    }

    private Column with(boolean needed, int characters, List<String> headers, Map<String, String> otherWords) {
        return new Column(
                name,
                type,
                storedIn,
                needed,
                references,
                allowed,
                characters,
                description,
                example,
                headers,
                otherWords);
    }

    /** What a text stands for among the choices, letter case, blanks and hyphens aside. */
    public Optional<String> choice(String text) {
        String folded = Values.fold(text);
        return allowed.stream()
                .filter(choice -> Values.fold(choice).equals(folded))
                .findFirst()
                .or(() -> words.entrySet().stream()
                        .filter(word -> Values.fold(word.getKey()).equals(folded))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }
}
