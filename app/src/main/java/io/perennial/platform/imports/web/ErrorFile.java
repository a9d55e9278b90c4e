package io.perennial.platform.imports.web;

import io.perennial.platform.exports.CsvTable;
import io.perennial.platform.exports.TableWriter;
import io.perennial.platform.imports.Findings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** The rows with problems as a file that opens beside the original. */
final class ErrorFile {

    private ErrorFile() {}

    static void send(Findings findings, UUID id, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"import-errors.csv\"");
        try (TableWriter table = new CsvTable(response.getOutputStream())) {
            table.header(List.of("line", "column", "reason", "value"));
            findings.eachProblem(id, problem -> {
                try {
                    table.row(List.of(problem.line(), problem.column(), problem.reason(), problem.value()));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        }
    }
}
