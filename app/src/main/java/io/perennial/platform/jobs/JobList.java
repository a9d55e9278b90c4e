package io.perennial.platform.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What jobs are there, newest first. */
@Component
public class JobList {

    private final JdbcClient database;

    JobList(JdbcClient database) {
        this.database = database;
    }

    public Optional<Job> find(UUID job) {
        return database.sql("select * from platform.job where id = :job")
                .param("job", job)
                .query(JobList::card)
                .optional();
    }

    public List<Job> recent(int limit) {
        return database.sql("select * from platform.job order by created_at desc, id desc limit :limit")
                .param("limit", limit)
                .query(JobList::card)
                .list();
    }

    /** Jobs that wait or run, for the top bar. */
    public List<Job> unfinished() {
        return database.sql("select * from platform.job where state in ('queued', 'running') order by created_at")
                .query(JobList::card)
                .list();
    }

    private static Job card(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("title"),
                Job.State.of(row.getString("state")),
                row.getString("stage"),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("result"),
                row.getString("error"),
                row.getBoolean("cancel_requested"),
                row.getString("actor_name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "heartbeat"),
                instant(row, "finished_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
