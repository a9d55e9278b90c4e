package io.perennial.platform.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** A table that people change, with the columns that are theirs, so that a change can be told and taken back. */
public interface ChangedTable {

    /** With its schema. Changes carry it as the type of their things, so that no other module's are taken for these. */
    String table();

    /** Those that are compared and put back, with commas between them. */
    String columns();

    default String type() {
        return table();
    }

    /** @param known columns to take from the row {@code s}; those that are not these are left out */
    default String assignments(Collection<String> known) {
        return Arrays.stream(columns().split(", ", -1))
                .filter(known::contains)
                .map(column -> column + " = s." + column)
                .collect(Collectors.joining(", "));
    }

    /** The one that a change calls so. */
    static <T extends ChangedTable> T of(T[] tables, String type) {
        return Arrays.stream(tables)
                .filter(table -> table.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
