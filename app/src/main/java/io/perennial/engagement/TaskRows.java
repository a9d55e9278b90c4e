package io.perennial.engagement;

import io.perennial.identity.Viewer;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code engagement.task}. */
@Repository
class TaskRows {

    /** Everything of a task that a verb may change. */
    static final String FIELDS =
            "title, note, kind, due_on, owner_id, snoozed_until, snooze_reason, signal_id, done_at, outcome";

    private final JdbcClient database;

    TaskRows(JdbcClient database) {
        this.database = database;
    }

    record Known(AccountId account, String title) {}

    Optional<Known> lock(UUID task, Viewer viewer) {
        return database.sql("""
                select t.account_id, t.title from engagement.task t
                join accounts.account a on a.id = t.account_id
                where t.id = :id and (:everything or a.owner_id = :member)
                for update of t
                """)
                .param("id", task)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> new Known(new AccountId(row.getObject(1, UUID.class)), row.getString(2)))
                .optional();
    }

    /** The fields as JSON, as the database writes them: what undo compares with. */
    @Nullable
    String snapshot(UUID task) {
        return database.sql(
                        "select to_jsonb(f)::text from (select " + FIELDS + " from engagement.task where id = :id) f")
                .param("id", task)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    List<Task> open(@Nullable UUID account, @Nullable UUID member, Viewer viewer, LocalDate today, int limit) {
        return database.sql("""
                select t.*, a.name as account_name, m.name as owner_name
                from engagement.task t
                join accounts.account a on a.id = t.account_id
                left join identity.team_member m on m.id = t.owner_id
                where t.done_at is null
                """ + (account == null ? "" : " and t.account_id = :account")
                        + (member == null
                                ? ""
                                : " and t.owner_id = :owner and (t.snoozed_until is null or t.snoozed_until <= :today)")
                        + """
                 and (:everything or a.owner_id = :member)
                order by coalesce(t.snoozed_until > :today, false), t.due_on nulls last, t.id
                limit :limit
                """)
                .param("account", account)
                .param("owner", member)
                .param("today", today)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .param("limit", limit)
                .query((row, number) -> task(row))
                .list();
    }

    Optional<Task> find(UUID task, Viewer viewer) {
        return database.sql("""
                select t.*, a.name as account_name, m.name as owner_name from engagement.task t
                join accounts.account a on a.id = t.account_id
                left join identity.team_member m on m.id = t.owner_id
                where t.id = :id and t.done_at is null and (:everything or a.owner_id = :member)
                """)
                .param("id", task)
                .param("everything", viewer.everything())
                .param("member", viewer.memberId())
                .query((row, number) -> task(row))
                .optional();
    }

    private static Task task(ResultSet row) throws SQLException {
        OffsetDateTime done = row.getObject("done_at", OffsetDateTime.class);
        return new Task(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getString("account_name"),
                row.getString("title"),
                row.getString("note"),
                row.getString("kind"),
                row.getObject("due_on", LocalDate.class),
                row.getObject("owner_id", UUID.class),
                row.getString("owner_name"),
                row.getObject("snoozed_until", LocalDate.class),
                row.getObject("signal_id", UUID.class),
                done == null ? null : done.toInstant());
    }
}
