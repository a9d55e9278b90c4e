package io.perennial.platform.imports;

import io.perennial.platform.exports.FormulaGuard;
import io.perennial.platform.imports.reading.RawRow;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns rows of a file into records by a mapping that has been checked against both the file and the type. */
final class RowMaker {

    private static final int SHOWN = 200;

    private record Filled(
            String field,
            Template template,
            @Nullable Dates dates,
            @Nullable Column column) {}

    private final Inspection file;
    private final Mapping mapping;
    private final List<Filled> fields = new ArrayList<>();
    private final Map<String, Template> attributes = new LinkedHashMap<>();
    private final boolean needsIdentity;
    private @Nullable Template identity;

    /**
     * @throws MappingProblem when the mapping names a field that cannot be imported, or a column that the file does not
     *     have
     */
    RowMaker(RecordType type, Inspection file, Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
        this.needsIdentity = MappingCheck.needsIdentity(type);
        MappingCheck.fields(type, mapping);
        mapping.columns().forEach((field, expression) -> add(type, field, new Template(expression, file)));
        for (Header header : Leftovers.of(file, mapping)) {
            attributes.putIfAbsent(header.attribute(), new Template("{" + header.key() + "}", file));
        }
    }

    private void add(RecordType type, String field, Template template) {
        if (field.equals(Mapping.EXTERNAL_ID)) {
            identity = template;
        } else if (field.startsWith(Mapping.ATTRIBUTE)) {
            attributes.put(field.substring(Mapping.ATTRIBUTE.length()), template);
        } else {
            Column column = type.column(field).orElse(null);
            Dates dates = column != null && MappingSuggestion.isDate(column)
                    ? new Dates(mapping.datePattern(field), mapping.zoneId())
                    : null;
            fields.add(new Filled(field, template, dates, column));
        }
    }

    /** A record, or the problems that keep the row from being one. */
    record Made(
            long number,
            long line,
            String externalId,
            @Nullable RecordRow row,
            List<Problem> problems) {}

    Made make(RawRow raw) {
        RawRow.Flaw flaw = raw.flaw();
        if (flaw != null) {
            return refused(raw, "", new Problem(title(flaw.column()), flaw.code(), flaw.message(), flaw.value()));
        }
        int expected = file.headers().size();
        if (raw.cells().size() != expected) {
            return refused(
                    raw,
                    "",
                    new Problem(
                            "",
                            "wrong_number_of_fields",
                            "Has " + raw.cells().size() + " fields where the header has " + expected,
                            shorten(String.join(file.delimiter(), raw.cells()))));
        }
        String externalId = identity == null ? null : identity.fill(raw.cells());
        if (externalId == null) {
            externalId = mapping.constants().getOrDefault(Mapping.EXTERNAL_ID, "");
        }
        if (externalId.isEmpty() && needsIdentity) {
            return refused(
                    raw,
                    "",
                    new Problem(titleOf(Mapping.EXTERNAL_ID), "required", "Every row needs its own identifier", ""));
        }
        return make(raw, externalId);
    }

    private Made make(RawRow raw, String externalId) {
        Map<String, @Nullable Object> values = new HashMap<>();
        Map<String, @Nullable Object> extras = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        mapping.constants().forEach((field, value) -> constant(field, value, values, extras));
        for (Filled field : fields) {
            String text = translate(field.field(), field.template().fill(raw.cells()));
            if (text != null && field.dates() != null && field.column() != null) {
                text = date(field.column(), field.dates(), text, problems);
            }
            values.put(field.field(), text);
        }
        attributes.forEach((name, template) -> extras.put(name, template.fill(raw.cells())));
        if (!problems.isEmpty()) {
            return new Made(raw.number(), raw.line(), externalId, null, problems);
        }
        return new Made(
                raw.number(), raw.line(), externalId, new RecordRow(raw.line(), externalId, values, extras), problems);
    }

    private static void constant(
            String field, String value, Map<String, @Nullable Object> values, Map<String, @Nullable Object> extras) {
        if (field.startsWith(Mapping.ATTRIBUTE)) {
            extras.put(field.substring(Mapping.ATTRIBUTE.length()), value);
        } else if (!field.equals(Mapping.EXTERNAL_ID)) {
            values.put(field, value);
        }
    }

    private @Nullable String translate(String field, @Nullable String value) {
        Map<String, String> words = mapping.values().get(field);
        if (words == null) {
            return value;
        }
        String translated = words.get(value == null ? "" : value);
        if (translated == null && value != null) {
            translated = words.getOrDefault(Mapping.EVERYTHING, value);
        }
        return translated == null || translated.isEmpty() ? null : translated;
    }

    private String date(Column column, Dates dates, String text, List<Problem> problems) {
        boolean instant = column.type() == io.perennial.platform.records.ColumnType.INSTANT;
        Optional<String> read = instant ? dates.instant(text) : dates.day(text);
        if (read.isEmpty()) {
            String pattern = mapping.datePattern(column.name());
            String expected = pattern == null ? "2026-11-24" : pattern;
            problems.add(new Problem(
                    titleOf(column.name()), "invalid_date", "Not a date of the form " + expected, shorten(text)));
        }
        return read.orElse(text);
    }

    private static Made refused(RawRow raw, String externalId, Problem problem) {
        return new Made(raw.number(), raw.line(), externalId, null, List.of(problem));
    }

    /** How people know a field: by the title in their own file. */
    String titleOf(String field) {
        String expression = mapping.columns().get(field);
        if (expression == null || expression.contains("{")) {
            return field;
        }
        return file.header(expression).map(Header::title).orElse(field);
    }

    private String title(int column) {
        return column >= 0 && column < file.headers().size()
                ? file.headers().get(column).title()
                : "";
    }

    static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    /** What the preview shows of a value that came from the file. */
    static String plain(String cell) {
        return FormulaGuard.remove(cell);
    }
}
