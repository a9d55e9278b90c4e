package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns rows of a file into records by a mapping that has been checked against both the file and the type. */
final class RowMaker {

    private static final int SHOWN = 200;

    /** One thing that a record gets from the file. */
    record Filled(String field, Summary summary, @Nullable FieldDates dates) {

        boolean identity() {
            return field.equals(Mapping.EXTERNAL_ID);
        }

        @Nullable
        String attribute() {
            return field.startsWith(Mapping.ATTRIBUTE) ? field.substring(Mapping.ATTRIBUTE.length()) : null;
        }
    }

    private final Inspection file;
    private final Mapping mapping;
    private final List<Filled> fields = new ArrayList<>();
    private final List<Condition> only = new ArrayList<>();
    private final Map<String, Map<String, String>> words = new HashMap<>();
    private final boolean needsIdentity;

    /**
     * @throws MappingProblem when the mapping names a field that cannot be imported, or a column that the file does not
     *     have
     */
    RowMaker(RecordType type, Inspection file, Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
        this.needsIdentity = MappingCheck.needsIdentity(type);
        MappingCheck.fields(type, mapping);
        mapping.columns().forEach((field, expression) -> {
            Column column = type.column(field).orElse(null);
            fields.add(new Filled(field, new Summary(expression, file), FieldDates.of(column, mapping)));
        });
        for (Header header : Leftovers.of(file, mapping)) {
            String field = Mapping.ATTRIBUTE + header.attribute();
            if (fields.stream().noneMatch(filled -> filled.field().equals(field))) {
                fields.add(new Filled(field, new Summary("{" + header.key() + "}", file), null));
            }
        }
        mapping.rows().only().forEach((column, values) -> only.add(new Condition(column, values, file)));
        mapping.values().forEach((field, translations) -> words.put(field, folded(translations)));
        MappingCheck.gathering(mapping);
    }

    /** Words are translated whatever their letter case; the first of two that differ in nothing else counts. */
    private static Map<String, String> folded(Map<String, String> translations) {
        Map<String, String> folded = new HashMap<>();
        translations.forEach((from, to) -> folded.putIfAbsent(fold(from), to));
        return folded;
    }

    private static String fold(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    Mapping mapping() {
        return mapping;
    }

    List<Filled> fields() {
        return fields;
    }

    /** Makes a record of one row. */
    Made make(RawRow raw) {
        Made unusable = unusable(raw);
        if (unusable != null) {
            return unusable;
        }
        String[] texts = new String[fields.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = fields.get(i).summary().fill(raw.cells());
        }
        return make(raw.number(), raw.line(), 1, texts);
    }

    /** What keeps a row from being looked at, or null. */
    @Nullable
    Made unusable(RawRow raw) {
        RawRow.Flaw flaw = raw.flaw();
        if (flaw != null) {
            return refused(raw, new Problem(title(flaw.column()), flaw.code(), flaw.message(), flaw.value()));
        }
        int expected = file.headers().size();
        if (raw.cells().size() != expected) {
            return refused(
                    raw,
                    new Problem(
                            "",
                            "wrong_number_of_fields",
                            "Has " + raw.cells().size() + " fields where the header has " + expected,
                            shorten(String.join(file.delimiter(), raw.cells()))));
        }
        return only.stream().allMatch(condition -> condition.holds(raw.cells()))
                ? null
                : Made.leftOut(raw.number(), raw.line(), 1);
    }

    /** @param texts as the file has them, in the order of {@link #fields()} */
    Made make(long number, long line, long rows, @Nullable String[] texts) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Map<String, @Nullable Object> extras = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>(0);
        String identity = null;
        mapping.constants().forEach((field, value) -> constant(field, value, values, extras));
        for (int i = 0; i < texts.length; i++) {
            Filled field = fields.get(i);
            String text = value(field, texts[i], problems);
            String attribute = field.attribute();
            if (field.identity()) {
                identity = text;
            } else if (attribute != null) {
                extras.put(attribute, text);
            } else {
                values.put(field.field(), text);
            }
        }
        String externalId = identity == null ? mapping.constants().getOrDefault(Mapping.EXTERNAL_ID, "") : identity;
        if (externalId.isEmpty() && needsIdentity) {
            return Made.refused(number, line, rows, "", List.of(noIdentity()));
        }
        return problems.isEmpty()
                ? new Made(
                        Made.Fate.RECORD,
                        number,
                        line,
                        rows,
                        externalId,
                        new RecordRow(line, externalId, values, extras),
                        List.of())
                : Made.refused(number, line, rows, externalId, problems);
    }

    private static void constant(
            String field, String value, Map<String, @Nullable Object> values, Map<String, @Nullable Object> extras) {
        if (field.startsWith(Mapping.ATTRIBUTE)) {
            extras.put(field.substring(Mapping.ATTRIBUTE.length()), value);
        } else if (!field.equals(Mapping.EXTERNAL_ID)) {
            values.put(field, value);
        }
    }

    /** Translated, and dates in ISO 8601. */
    @Nullable
    String value(Filled field, @Nullable String text, List<Problem> problems) {
        String translated = translate(field.field(), text);
        FieldDates dates = field.dates();
        if (translated == null || dates == null) {
            return translated;
        }
        Optional<String> read = dates.read(translated);
        if (read.isEmpty()) {
            problems.add(noDate(field, translated));
        }
        return read.orElse(translated);
    }

    Problem noDate(Filled field, String text) {
        String pattern = Objects.requireNonNullElse(mapping.datePattern(field.field()), "2026-11-24");
        return new Problem(titleOf(field.field()), "invalid_date", "Not a date of the form " + pattern, shorten(text));
    }

    private @Nullable String translate(String field, @Nullable String value) {
        Map<String, String> translations = words.get(field);
        if (translations == null) {
            return value;
        }
        String translated = translations.get(value == null ? "" : fold(value));
        if (translated == null && value != null) {
            translated = translations.getOrDefault(Mapping.EVERYTHING, value);
        }
        return translated == null || translated.isEmpty() ? null : translated;
    }

    /** A row that belongs to no record, where records need an identifier. */
    Made withoutIdentity(RawRow raw) {
        return refused(raw, noIdentity());
    }

    private Problem noIdentity() {
        return new Problem(titleOf(Mapping.EXTERNAL_ID), "required", "Every row needs its own identifier", "");
    }

    private static Made refused(RawRow raw, Problem problem) {
        return Made.refused(raw.number(), raw.line(), 1, "", List.of(problem));
    }

    /** How people know a field: by the title in their own file. */
    String titleOf(String field) {
        return Optional.ofNullable(mapping.columns().get(field))
                .map(Summary::column)
                .flatMap(file::header)
                .map(Header::title)
                .orElse(field);
    }

    private String title(int column) {
        return column >= 0 && column < file.headers().size()
                ? file.headers().get(column).title()
                : "";
    }

    static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }
}
