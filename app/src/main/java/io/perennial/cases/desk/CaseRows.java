package io.perennial.cases.desk;

import io.perennial.identity.Viewer;
import io.perennial.programs.Priority;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code cases.support_case}, as the desk's verbs need it. */
@Repository
class CaseRows {

    /** Everything of a case that a verb may change and an undo brings back. The ledger and letters have no way back. */
    static final String FIELDS =
            "status, priority, impact, urgency, cause, product, team_id, assignee, assignee_id, resolved_at, closed_at,"
                    + " reopened, reopened_at, takeovers, waits, escalated, escalated_why, approval, approved_by, merged_into,"
                    + " last_event";

    private static final String KNOWN = """
            select c.id, c.account_id, c.number, c.subject, c.state, c.priority, c.assignee_id, c.assignee, c.contact_id,
                c.reservation, c.approval, c.merged_into, c.opened_at, c.version
            from cases.support_case c join accounts.account a on a.id = c.account_id
            """;

    private final JdbcClient database;

    CaseRows(JdbcClient database) {
        this.database = database;
    }

    record Known(
            UUID id,
            AccountId account,
            long number,
            @Nullable String subject,
            CaseState state,
            @Nullable String priority,
            @Nullable UUID assigneeId,
            @Nullable String assignee,
            @Nullable UUID contactId,
            @Nullable UUID reservation,
            @Nullable String approval,
            @Nullable UUID mergedInto,
            Instant openedAt,
            int version) {

        String title() {
            return "#" + number + (subject == null ? "" : " " + subject);
        }

        /** Nobody said: in the middle. */
        Priority gradedAs() {
            return priority == null ? Priority.MEDIUM : Priority.of(priority).orElse(Priority.MEDIUM);
        }
    }

    /** Locks it for this transaction; empty outside the viewer's portfolio. */
    Optional<Known> lock(UUID id, Viewer viewer) {
        return database.sql(KNOWN + """
                where c.id = :id and (:everything or a.owner_id = :member)
                for no key update of c
                """)
                .param("id", id)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> known(row))
                .optional();
    }

    /** Locks the case, or the one that it was merged into. */
    Optional<Known> lockAny(UUID id) {
        return database.sql(KNOWN + """
                where c.id = (select coalesce(merged_into, id) from cases.support_case where id = :id)
                for no key update of c
                """)
                .param("id", id)
                .query((row, number) -> known(row))
                .optional();
    }

    /** The fields as JSON, as the database writes them: what undo compares with. */
    @Nullable
    String snapshot(UUID id) {
        return database.sql("select to_jsonb(f)::text from (select " + FIELDS
                        + " from cases.support_case where id = :id) f")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Ends a verb: whoever saw the case before sees another one now. */
    void touch(UUID id, Instant now) {
        database.sql("update cases.support_case set version = version + 1, updated_at = :now where id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    void state(UUID id, CaseState state, Instant now) {
        database.sql("""
                update cases.support_case set status = :status,
                    resolved_at = case when :over then coalesce(resolved_at, greatest(:now, opened_at)) end,
                    closed_at = case when :closed then greatest(:now, opened_at) end,
                    waits = case when :rests then coalesce(waits, 0) + 1 else waits end
                where id = :id
                """)
                .param("id", id)
                .param("status", state.status())
                .param("over", state.isOver())
                .param("closed", state == CaseState.CLOSED)
                .param("rests", state.rests())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** What the person who has it must know; null when there is nothing any more. */
    void attention(UUID id, @Nullable String words) {
        database.sql("update cases.support_case set attention = :words where id = :id")
                .param("id", id)
                .param("words", words)
                .update();
    }

    void assign(UUID id, @Nullable UUID member, @Nullable String name) {
        database.sql("""
                update cases.support_case set assignee_id = :member, assignee = :name,
                    takeovers = coalesce(takeovers, 0) + case when cast(:member as uuid) is null then 0 else 1 end
                where id = :id
                """)
                .param("id", id)
                .param("member", member)
                .param("name", name)
                .update();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getLong("number"),
                row.getString("subject"),
                CaseState.of(row.getString("state")),
                row.getString("priority"),
                row.getObject("assignee_id", UUID.class),
                row.getString("assignee"),
                row.getObject("contact_id", UUID.class),
                row.getObject("reservation", UUID.class),
                row.getString("approval"),
                row.getObject("merged_into", UUID.class),
                row.getTimestamp("opened_at").toInstant(),
                row.getInt("version"));
    }
}
