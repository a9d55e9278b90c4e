package io.perennial.platform.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Columns of a file that a mapping neither names nor ignores: they become attributes. */
final class Leftovers {

    /** What tools that copy tables add of their own says nothing about a customer. */
    private static final List<String> OF_CONNECTORS = List.of("_fivetran_", "_airbyte_", "_sdc_");

    private Leftovers() {}

    static List<Header> of(Inspection file, Mapping mapping) {
        if (mapping.ignore().contains(Mapping.EVERYTHING)) {
            return List.of();
        }
        Set<String> handled = named(mapping);
        Set<String> chosen = handled.stream().map(Leftovers::family).collect(Collectors.toSet());
        mapping.ignore().forEach(key -> handled.add(Header.fold(key)));
        return file.headers().stream()
                .filter(header -> !header.title().isBlank())
                .filter(header -> !handled.contains(header.key()))
                .filter(header -> OF_CONNECTORS.stream().noneMatch(header.key()::startsWith))
                .filter(header -> !header.repeated() || !chosen.contains(family(header.key())))
                .toList();
    }

    /** Keys of the columns that the mapping reads. */
    static Set<String> named(Mapping mapping) {
        Set<String> keys = new HashSet<>();
        mapping.columns().values().forEach(expression -> keys.addAll(Summary.keys(expression)));
        return keys;
    }

    /** {@code name#2} is of the family {@code name}. */
    static String family(String key) {
        return key.replaceFirst("#\\d+$", "");
    }
}
