package io.perennial.defects;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of defects, and snapshots of them for undo. */
@Repository
class DefectRows {

    private final JdbcClient database;

    DefectRows(JdbcClient database) {
        this.database = database;
    }

    Optional<Defect> find(UUID id) {
        return database.sql("select * from defects.defect where id = :id")
                .param("id", id)
                .query(DefectRows::defect)
                .optional();
    }

    Optional<Defect> numbered(long number) {
        return database.sql("select * from defects.defect where number = :number")
                .param("number", number)
                .query(DefectRows::defect)
                .optional();
    }

    /** Until the end of the transaction nobody else changes it. */
    Optional<Defect> lock(UUID id) {
        return database.sql("select * from defects.defect where id = :id for update")
                .param("id", id)
                .query(DefectRows::defect)
                .optional();
    }

    List<Defect> all(List<UUID> ids) {
        return database.sql("select * from defects.defect where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(DefectRows::defect)
                .list();
    }

    /** What people change, as JSON; null when there is no such row. */
    @Nullable
    String snapshot(DefectTable table, UUID id) {
        return database.sql("select to_jsonb(f) from (select " + table.fields() + " from " + table.table()
                        + " where id = :id) f")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /**
     * Puts back what was before, if the row is still as it was left.
     *
     * @param before null: there was none; @param after null: there is none
     * @return whether it could be done
     */
    boolean restore(DefectTable table, UUID id, @Nullable String before, @Nullable String after, Instant now) {
        String unchanged = "(select to_jsonb(f) from (select " + table.fields("t") + ") f) = cast(:after as jsonb)";
        String from = " from jsonb_populate_record(null::" + table.table() + ", cast(:before as jsonb)) b";
        if (before == null) {
            return database.sql("delete from " + table.table() + " t where t.id = :id and " + unchanged)
                            .param("id", id)
                            .param("after", after)
                            .update()
                    == 1;
        }
        if (after == null) {
            return database.sql("insert into " + table.table() + " (id, " + table.fields()
                                    + ") select cast(:id as uuid), " + table.fields("b") + from
                                    + " on conflict do nothing")
                            .param("id", id)
                            .param("before", before)
                            .update()
                    == 1;
        }
        return database.sql("update " + table.table() + " t set (" + table.fields() + ") = (select " + table.fields("b")
                                + from + ")" + table.touch() + " where t.id = :id and " + unchanged)
                        .param("id", id)
                        .param("before", before)
                        .param("after", after)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    static Defect defect(ResultSet row, int number) throws SQLException {
        return new Defect(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("title"),
                text(row, "description"),
                text(row, "product"),
                text(row, "feature"),
                text(row, "cause"),
                Severity.find(row.getString("severity")).orElseThrow(),
                DefectState.find(row.getString("state")).orElseThrow(),
                text(row, "workaround"),
                row.getObject("planned_for", LocalDate.class),
                text(row, "fixed_in"),
                row.getObject("fixed_on", LocalDate.class),
                text(row, "refusal"),
                row.getBigDecimal("cost"),
                row.getString("cost_currency"),
                text(row, "cost_note"),
                row.getTimestamp("found_at").toInstant(),
                instant(row, "settled_at"),
                row.getInt("releases"),
                row.getTimestamp("updated_at").toInstant(),
                row.getInt("version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
