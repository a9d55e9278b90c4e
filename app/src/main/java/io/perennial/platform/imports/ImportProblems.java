package io.perennial.platform.imports;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What was wrong with which row. */
@Component
class ImportProblems {

    /** More are counted but not kept: a file that is wrong throughout says so in its first rows. */
    static final int MOST = 100_000;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FETCH = 1_000;
    private static final RowMapper<ImportProblem> PROBLEM = (row, number) -> new ImportProblem(
            row.getLong("row_number"),
            row.getLong("line"),
            row.getString("column_name"),
            row.getString("code"),
            row.getString("reason"),
            row.getString("value"),
            row.getBoolean("again"),
            row.getString("waits_for"));

    private final JdbcClient database;

    ImportProblems(JdbcClient database) {
        this.database = database;
    }

    void add(UUID id, List<ImportProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        List<Map<String, Object>> rows = problems.stream()
                .map(problem -> Map.<String, Object>of(
                        "row_number", problem.row(),
                        "line", problem.line(),
                        "column_name", readable(problem.column()),
                        "code", problem.code(),
                        "reason", readable(problem.reason()),
                        "value", readable(problem.value()),
                        "again", problem.again(),
                        "waits_for", Objects.requireNonNullElse(problem.waitsFor(), "")))
                .toList();
        database.sql("""
                insert into platform.import_problem
                    (import_id, row_number, line, column_name, code, reason, value, again, waits_for)
                select :id, row_number, line, column_name, code, reason, value, again, nullif(waits_for, '')
                from jsonb_to_recordset(:rows::jsonb) as problem (row_number bigint, line bigint, column_name text,
                     code text, reason text, value text, again boolean, waits_for text)
                where again or (select count(*) from platform.import_problem where import_id = :id) < :most
                """)
                .param("id", id)
                .param("rows", JSON.writeValueAsString(rows))
                .param("most", MOST)
                .update();
    }

    /** @return how many rows are to be tried again */
    long waiting(UUID id) {
        return database.sql("""
                select count(distinct row_number) from platform.import_problem where import_id = :id and again
                """).param("id", id).query(Long.class).single();
    }

    List<Long> waitingRows(UUID id) {
        return database.sql("""
                select distinct row_number from platform.import_problem where import_id = :id and again order by 1
                """)
                .param("id", id)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Rows that waited for other records, all of which are here now. */
    List<Long> arrivedRows(UUID id) {
        return database.sql("""
                select row_number from platform.import_problem where import_id = :id
                group by row_number having bool_and(waits_for is not null and arrived) order by 1
                """)
                .param("id", id)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    void remove(UUID id, List<Long> rows) {
        database.sql("delete from platform.import_problem where import_id = :id and row_number = any(:rows)")
                .param("id", id)
                .param("rows", rows.toArray(Long[]::new))
                .update();
    }

    /** Most rows first, with the first row of each. */
    List<ImportRemark> kinds(UUID id, int limit) {
        return database.sql("""
                select code, column_name, count(*) as rows, min(line) as first_line,
                    (array_agg(reason order by row_number))[1] as reason,
                    (array_agg(value order by row_number))[1] as first_value
                from platform.import_problem where import_id = :id
                group by code, column_name order by count(*) desc, min(line) limit :limit
                """)
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new ImportRemark(
                        row.getString("code"),
                        row.getString("column_name"),
                        row.getString("reason"),
                        row.getLong("rows"),
                        row.getLong("first_line"),
                        row.getString("first_value")))
                .list();
    }

    List<ImportProblem> first(UUID id, int limit) {
        return database.sql("""
                select * from platform.import_problem where import_id = :id order by row_number, column_name limit :limit
                """)
                .param("id", id)
                .param("limit", limit)
                .query(PROBLEM)
                .list();
    }

    @Transactional(readOnly = true)
    public void each(UUID id, Consumer<ImportProblem> reader) {
        try (Stream<ImportProblem> problems =
                database.sql("""
                select * from platform.import_problem where import_id = :id order by row_number, column_name
                """).param("id", id).withFetchSize(FETCH).query(PROBLEM).stream()) {
            problems.forEach(reader);
        }
    }

    /** PostgreSQL's text cannot hold NUL. */
    private static String readable(String text) {
        return text.replace('\0', '\u2400');
    }
}
