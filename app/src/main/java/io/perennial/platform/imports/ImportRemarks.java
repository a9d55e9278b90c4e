package io.perennial.platform.imports;

import io.perennial.platform.records.RecordRemarks;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import io.perennial.platform.records.RowOutcome.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was odd about rows that came in nevertheless, counted by kind. */
@Component
class ImportRemarks {

    private final JdbcClient database;
    private final ObjectProvider<RecordRemarks> sources;

    ImportRemarks(JdbcClient database, ObjectProvider<RecordRemarks> sources) {
        this.database = database;
        this.sources = sources;
    }

    /** Asks the modules about rows that were written. */
    void ask(RecordType type, List<RecordRow> rows, BiConsumer<Integer, Problem> remark) {
        sources.orderedStream().forEach(source -> source.about(type, rows).forEach(remark));
    }

    /** The remarks of one batch, in the order of its rows. */
    static final class Tally {

        private final Map<List<String>, ImportRemark> kinds = new LinkedHashMap<>();

        void add(long line, Problem said) {
            ImportRemark one = new ImportRemark(
                    said.code(), said.column(), said.message(), 1, line, RowMaker.shorten(said.value()));
            kinds.merge(List.of(said.code(), said.column()), one, Tally::joined);
        }

        private static ImportRemark joined(ImportRemark one, ImportRemark other) {
            ImportRemark first = other.firstLine() < one.firstLine() ? other : one;
            return new ImportRemark(
                    one.code(),
                    one.column(),
                    one.reason(),
                    one.rows() + other.rows(),
                    first.firstLine(),
                    first.firstValue());
        }

        Collection<ImportRemark> kinds() {
            return kinds.values();
        }
    }

    void add(UUID id, Collection<ImportRemark> remarks) {
        for (ImportRemark remark : remarks) {
            database.sql("""
                    insert into platform.import_remark as r
                        (import_id, code, column_name, reason, row_count, first_line, first_value)
                    values (:id, :code, :column, :reason, :rows, :line, :value)
                    on conflict (import_id, code, column_name) do update
                    set row_count = r.row_count + excluded.row_count,
                        first_value = case when excluded.first_line < r.first_line
                            then excluded.first_value else r.first_value end,
                        first_line = least(r.first_line, excluded.first_line)
                    """)
                    .param("id", id)
                    .param("code", remark.code())
                    .param("column", remark.column())
                    .param("reason", remark.reason())
                    .param("rows", remark.rows())
                    .param("line", remark.firstLine())
                    .param("value", remark.firstValue())
                    .update();
        }
    }

    List<ImportRemark> of(UUID id) {
        return database.sql("""
                select * from platform.import_remark where import_id = :id order by row_count desc, code, column_name
                """)
                .param("id", id)
                .query((row, number) -> new ImportRemark(
                        row.getString("code"),
                        row.getString("column_name"),
                        row.getString("reason"),
                        row.getLong("row_count"),
                        row.getLong("first_line"),
                        row.getString("first_value")))
                .list();
    }
}
