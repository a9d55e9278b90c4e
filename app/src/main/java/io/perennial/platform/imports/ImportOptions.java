package io.perennial.platform.imports;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a file says about it; null means find out.
 *
 * @param mapping text of a mapping, or null for the suggested one
 * @param encoding name of a character set
 * @param delimiter one character, or {@code tab}
 * @param date pattern of dates
 * @param decimal {@code .} or {@code ,}
 * @param zone of times without offset
 */
public record ImportOptions(
        @Nullable String mapping,
        @Nullable String encoding,
        @Nullable String delimiter,
        @Nullable String date,
        @Nullable String decimal,
        @Nullable String zone) {

    public static final ImportOptions NONE = new ImportOptions(null, null, null, null, null, null);

    public static ImportOptions mapping(String text) {
        return new ImportOptions(text, null, null, null, null, null);
    }

    Mapping over(Mapping base) {
        return new Mapping(
                base.columns(),
                base.ignore(),
                date == null ? base.date() : date,
                date == null ? base.dates() : Map.of(),
                decimal == null ? base.decimal() : decimal,
                zone == null ? base.zone() : zone,
                base.constants(),
                base.values(),
                base.rows());
    }
}
