package io.perennial.platform.imports;

import io.perennial.platform.imports.reading.DateVerdict;
import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordType;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a mapping against the type (an allow-list of fields) and the file (questions still open). */
final class MappingCheck {

    private static final int LONGEST_ATTRIBUTE = 100;

    private MappingCheck() {}

    /** @throws MappingProblem when it names a field that is not importable, or is wrong in itself */
    static void fields(RecordType type, Mapping mapping) {
        Stream.of(
                        mapping.columns().keySet(),
                        mapping.constants().keySet(),
                        mapping.dates().keySet(),
                        mapping.values().keySet())
                .flatMap(Set::stream)
                .forEach(field -> importable(type, field));
        for (String pattern : Stream.concat(mapping.dates().values().stream(), Stream.ofNullable(mapping.date()))
                .toList()) {
            datePattern(pattern);
        }
        String decimal = mapping.decimal();
        if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
            throw new MappingProblem("bad_mapping", "decimal: is either '.' or ','.");
        }
        zone(mapping.zone());
    }

    /** @throws MappingProblem when rows are to be put together by a field that only all of them give */
    static void gathering(Mapping mapping) {
        for (String field : mapping.rows().gather()) {
            String expression = mapping.columns().get(field);
            if (expression == null || Summary.isCall(expression)) {
                throw new MappingProblem(
                        "bad_mapping",
                        "gather: names fields that columns: takes from the row, which " + RowMaker.shorten(field)
                                + " is not.");
            }
        }
        mapping.columns().forEach((field, expression) -> {
            if (Summary.isCall(expression) && !mapping.rows().gathered()) {
                throw new MappingProblem(
                        "bad_mapping",
                        field + ": " + RowMaker.shorten(expression)
                                + " speaks of several rows: name the fields that make them one record in gather:.");
            }
        });
    }

    private static void importable(RecordType type, String field) {
        boolean attribute = field.startsWith(Mapping.ATTRIBUTE)
                && field.length() > Mapping.ATTRIBUTE.length()
                && field.length() <= LONGEST_ATTRIBUTE;
        if (!attribute
                && !field.equals(Mapping.EXTERNAL_ID)
                && type.column(field).isEmpty()) {
            throw new MappingProblem(
                    "not_importable",
                    "The field " + RowMaker.shorten(field) + " of " + type.name() + " cannot be imported; possible are "
                            + Mapping.EXTERNAL_ID + ", "
                            + type.columns().stream().map(Column::name).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static void datePattern(String pattern) {
        try {
            Dates.formatter(pattern);
        } catch (IllegalArgumentException wrong) {
            throw new MappingProblem(
                    "bad_mapping", pattern + " is no date format. Examples: dd/MM/yyyy, yyyy-MM-dd HH:mm:ss.");
        }
    }

    private static void zone(@Nullable String zone) {
        try {
            if (zone != null) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException unknown) {
            throw new MappingProblem("bad_mapping", zone + " is no time zone. Example: Europe/Berlin.");
        }
    }

    /** A type that writes its own table may tell its rows apart by other columns, as daily use does. */
    static boolean needsIdentity(RecordType type) {
        return type.writer() == null;
    }

    /** In the order in which the page asks. */
    static List<Question> questions(RecordType type, Inspection file, Mapping mapping) {
        List<Question> open = new ArrayList<>();
        if (file.encodingUnknown()) {
            open.add(new Question(
                    "encoding",
                    "",
                    "The file is neither UTF-8 nor UTF-16 nor Windows-1252 throughout. Choose its encoding.",
                    List.of(
                            new Question.Choice("UTF-8", "what cannot be read becomes a row with a problem"),
                            new Question.Choice("windows-1252", "Western European Windows"),
                            new Question.Choice("ISO-8859-15", "Western European, with euro sign"))));
            return open;
        }
        repeated(file, mapping, open);
        if (needsIdentity(type) && !mapping.names(Mapping.EXTERNAL_ID)) {
            open.add(new Question(
                    "missing_identifier",
                    "",
                    "Choose the column that identifies each row (external_id).",
                    file.headers().stream()
                            .map(header -> new Question.Choice(header.key(), String.join(", ", header.samples())))
                            .toList()));
        }
        for (Column column : type.columns()) {
            header(file, mapping, column.name()).ifPresent(header -> {
                dates(column, header, mapping, open);
                amounts(column, header, mapping, open);
            });
        }
        return open;
    }

    private static void repeated(Inspection file, Mapping mapping, List<Question> open) {
        if (mapping.ignore().contains(Mapping.EVERYTHING)) {
            return;
        }
        Set<String> chosen =
                Leftovers.named(mapping).stream().map(Leftovers::family).collect(Collectors.toSet());
        Set<String> ignored = mapping.ignore().stream().map(Header::fold).collect(Collectors.toSet());
        Set<String> asked = new HashSet<>();
        for (Header header : file.headers()) {
            String family = Leftovers.family(header.key());
            if (header.repeated() && !chosen.contains(family) && !ignored.contains(header.key()) && asked.add(family)) {
                open.add(new Question(
                        "duplicate_header",
                        header.title(),
                        "The file has the column " + header.title() + " more than once. Choose which one is meant.",
                        file.headers().stream()
                                .filter(other -> Leftovers.family(other.key()).equals(family))
                                .map(other -> new Question.Choice(other.key(), String.join(", ", other.samples())))
                                .toList()));
            }
        }
    }

    private static Optional<Header> header(Inspection file, Mapping mapping, String field) {
        return Optional.ofNullable(mapping.columns().get(field))
                .map(Summary::column)
                .flatMap(file::header);
    }

    private static void dates(Column column, Header header, Mapping mapping, List<Question> open) {
        DateVerdict dates = header.dates();
        if (!MappingSuggestion.isDate(column) || !dates.unclear() || mapping.datePattern(column.name()) != null) {
            return;
        }
        String sample = Objects.requireNonNullElse(dates.sample(), "");
        List<Question.Choice> choices = Stream.of(dates.dayFirst(), dates.monthFirst())
                .filter(Objects::nonNull)
                .map(pattern -> new Question.Choice(
                        pattern,
                        sample + " is "
                                + new Dates(pattern, ZoneOffset.UTC).day(sample).orElse("no date")))
                .toList();
        open.add(new Question(
                "ambiguous_date",
                header.title(),
                "Dates such as " + sample + " can be read in two ways. Choose the format.",
                choices));
    }

    private static void amounts(Column column, Header header, Mapping mapping, List<Question> open) {
        if (!MappingSuggestion.isNumber(column) || !header.commas() || mapping.decimal() != null) {
            return;
        }
        open.add(new Question(
                "decimal_mark",
                header.title(),
                "Numbers such as " + String.join(" and ", header.samples())
                        + " contain a comma. Choose the decimal mark.",
                List.of(
                        new Question.Choice(".", "1,234.56 is one thousand and a bit"),
                        new Question.Choice(",", "1.234,56 is one thousand and a bit"))));
    }
}
