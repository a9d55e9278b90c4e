package io.perennial.programs;

import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Who said of an account that its promises are complete, and that service took it over. */
@Repository
class HandOffMarks {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient database;

    HandOffMarks(JdbcClient database) {
        this.database = database;
    }

    record Mark(Instant at, String by) {}

    /** @param confirmed nothing else was promised @param completed handed over */
    record Marks(@Nullable Mark confirmed, @Nullable Mark completed) {

        String json() {
            return JSON.writeValueAsString(this);
        }

        static Marks parse(String json) {
            return JSON.readValue(json, Marks.class);
        }
    }

    Marks of(AccountId account) {
        return database.sql("select * from programs.hand_off where account_id = :account")
                .param("account", account.value())
                .query((row, number) -> new Marks(mark(row, "confirmed"), mark(row, "completed")))
                .optional()
                .orElse(new Marks(null, null));
    }

    void store(AccountId account, Marks marks) {
        Mark confirmed = marks.confirmed();
        Mark completed = marks.completed();
        database.sql("""
                insert into programs.hand_off (account_id, confirmed_at, confirmed_by, completed_at, completed_by)
                values (:account, :confirmedAt, :confirmedBy, :completedAt, :completedBy)
                on conflict (account_id) do update set confirmed_at = excluded.confirmed_at,
                    confirmed_by = excluded.confirmed_by, completed_at = excluded.completed_at,
                    completed_by = excluded.completed_by
                """)
                .param("account", account.value())
                .param("confirmedAt", confirmed == null ? null : Timestamp.from(confirmed.at()), Types.TIMESTAMP)
                .param("confirmedBy", confirmed == null ? null : confirmed.by(), Types.VARCHAR)
                .param("completedAt", completed == null ? null : Timestamp.from(completed.at()), Types.TIMESTAMP)
                .param("completedBy", completed == null ? null : completed.by(), Types.VARCHAR)
                .update();
    }

    private static @Nullable Mark mark(ResultSet row, String what) throws SQLException {
        Timestamp at = row.getTimestamp(what + "_at");
        return at == null ? null : new Mark(at.toInstant(), row.getString(what + "_by"));
    }
}
