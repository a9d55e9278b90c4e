package io.perennial.platform.audit;

import io.perennial.shared.AccountId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows that people change: what they say, what a change made of them, and how they are put back. */
@Component
public class ChangedRows {

    private final JdbcClient database;

    ChangedRows(JdbcClient database) {
        this.database = database;
    }

    /** One that a change is about to touch. */
    public record Row(ChangedTable table, UUID id) {}

    /**
     * Runs a change.
     *
     * @param rows that it may touch, whether they are there or not
     * @return those that say something else now, in the same order
     */
    public List<ChangedThing> changed(List<Row> rows, @Nullable AccountId account, Runnable change) {
        Map<Row, @Nullable String> before = new LinkedHashMap<>();
        rows.forEach(row -> before.put(row, state(row.table(), row.id())));
        change.run();
        List<ChangedThing> things = new ArrayList<>();
        before.forEach((row, was) -> {
            String is = state(row.table(), row.id());
            if (!Objects.equals(was, is)) {
                things.add(new ChangedThing(row.table().type(), row.id().toString(), account, was, is));
            }
        });
        return things;
    }

    /** The row as the database writes it: what undo compares with; null when there is none. */
    public @Nullable String state(ChangedTable table, UUID id) {
        return database.sql("select to_jsonb(f)::text from (select " + table.columns() + " from " + table.table()
                        + " where id = :id) f")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
