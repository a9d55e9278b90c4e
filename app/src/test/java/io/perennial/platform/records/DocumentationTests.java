package io.perennial.platform.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The tables of columns in the documentation come from the record types. When this fails, run it with
 * {@code -Dperennial.write-docs=true} and commit the result.
 */
@PerennialTest
class DocumentationTests {

    private static final String BEGIN = "<!-- records: written by DocumentationTests -->";
    private static final String END = "<!-- /records -->";

    @Autowired
    Records records;

    @Test
    void csvDocumentationShowsTheColumnsOfToday() throws IOException {
        assertUpToDate("csv.md", tables(true));
    }

    @Test
    void apiDocumentationShowsTheColumnsOfToday() throws IOException {
        assertUpToDate("api.md", tables(false));
    }

    private String tables(boolean csv) {
        return records.types().stream()
                .filter(type -> !type.name().equals("samples"))
                .map(type -> table(type, csv))
                .collect(Collectors.joining("\n"));
    }

    private String table(RecordType type, boolean csv) {
        StringBuilder text =
                new StringBuilder("### %s: `%s`\n\n%s\n\n".formatted(type.title(), type.name(), type.purpose()));
        if (csv) {
            text.append("| column | needed | may hold | meaning | example |\n|---|---|---|---|---|\n");
            text.append(
                            "| `external_id` | always | text, up to 255 characters | Your identifier, unique among these records. | `")
                    .append(type.name(), 0, 1)
                    .append("-1` |\n");
            for (Column column : type.columns()) {
                text.append("| `%s` | %s | %s | %s | `%s` |\n"
                        .formatted(
                                column.name(),
                                column.required() ? "when new" : "",
                                held(column),
                                column.description(),
                                column.example().replace("|", "\\|")));
            }
            text.append("\n```csv\nexternal_id,")
                    .append(type.columns().stream().map(Column::name).collect(Collectors.joining(",")))
                    .append('\n')
                    .append(type.name(), 0, 1)
                    .append("-1,")
                    .append(type.columns().stream()
                            .map(column -> quoted(column.example()))
                            .collect(Collectors.joining(",")))
                    .append("\n```\n");
        } else {
            String path = "/api/v1/" + type.name();
            List<String> calls = records.readable(type)
                    ? List.of(
                            "GET " + path,
                            "GET " + path + "/{externalId}",
                            "PUT " + path + "/{externalId}",
                            "POST " + path + "/bulk")
                    : List.of("PUT " + path + "/{externalId}", "POST " + path + "/bulk");
            text.append(calls.stream().map(call -> "`" + call + "`").collect(Collectors.joining(" · ")));
            text.append("\n\n```json\n{\n");
            text.append(type.columns().stream()
                    .map(column -> "  \"%s\": %s".formatted(column.name(), json(column)))
                    .collect(Collectors.joining(",\n")));
            text.append("\n}\n```\n");
        }
        return text.toString();
    }

    private static String held(Column column) {
        return switch (column.type()) {
            case TEXT -> "text, up to %,d characters".formatted(column.maxLength());
            case EMAIL -> "e-mail address";
            case INTEGER -> "whole number";
            case DECIMAL -> "number";
            case MONEY -> "amount, decimals as the currency has";
            case DATE -> "day";
            case INSTANT -> "point in time";
            case BOOLEAN -> "`true` or `false`";
            case CURRENCY -> "ISO 4217 code";
            case CHOICE ->
                column.allowed().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
            case TEXT_LIST -> "texts, separated by `\\|`";
            case ZONE -> "IANA time zone";
            case REFERENCE -> "`external_id` of one of the " + column.references();
        };
    }

    private static String json(Column column) {
        return switch (column.type()) {
            case INTEGER, DECIMAL, MONEY, BOOLEAN -> column.example();
            case TEXT_LIST ->
                List.of(column.example().split("\\|")).stream()
                        .map(text -> "\"" + text + "\"")
                        .collect(Collectors.joining(", ", "[", "]"));
            default -> "\"" + column.example().replace("\"", "\\\"") + "\"";
        };
    }

    private static String quoted(String example) {
        return example.contains(",") || example.contains("\"") ? "\"" + example.replace("\"", "\"\"") + "\"" : example;
    }

    private static void assertUpToDate(String name, String tables) throws IOException {
        Path file = repository().resolve("docs").resolve(name);
        String present = Files.readString(file);
        int begin = present.indexOf(BEGIN);
        int end = present.indexOf(END);
        assertThat(begin).as("%s has the marks", file).isNotNegative();
        String wanted = present.substring(0, begin) + BEGIN + "\n\n" + tables + "\n" + present.substring(end);
        if (Boolean.getBoolean("perennial.write-docs")) {
            Files.writeString(file, wanted);
            present = wanted;
        }
        assertThat(present)
                .as("docs/%s differs from the record types; run this test with -Dperennial.write-docs=true", name)
                .isEqualTo(wanted);
    }

    private static Path repository() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("docs")) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }
}
