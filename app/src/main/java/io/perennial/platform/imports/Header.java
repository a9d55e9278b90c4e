package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.DateVerdict;
import java.util.List;
import java.util.Locale;

/**
 * A column of the file.
 *
 * @param title as the file has it, trimmed
 * @param key what mappings call it: the title case folded; a repeated title gets {@code #2}, {@code #3}
 * @param repeated whether another column has the same title
 * @param samples the first different values
 * @param dates how its dates read
 * @param commas whether numbers with a comma were seen, which mean one thing in Berlin and another in Boston
 */
public record Header(
        int index,
        String title,
        String key,
        boolean repeated,
        List<String> samples,
        DateVerdict dates,
        boolean commas) {

    /** How header names are compared: trimmed, inner white space as one blank, lower case of no country. */
    public static String fold(String title) {
        return title.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** The name of the attribute that keeps an unknown column. */
    public String attribute() {
        String name = key.replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() ? "column_" + (index + 1) : name;
    }
}
