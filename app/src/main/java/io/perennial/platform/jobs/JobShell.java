package io.perennial.platform.jobs;

import io.perennial.platform.records.Ids;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * Jobs from the command line, straight in the database: whoever holds its password is trusted. A running server takes the
 * job within a second, a stopped one at its next start.
 */
public final class JobShell {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Connection database;

    public JobShell(Connection database) {
        this.database = database;
    }

    public UUID submit(String kind, String title, String parametersJson) throws SQLException {
        UUID id = Ids.next();
        database.setAutoCommit(false);
        try (PreparedStatement job = database.prepareStatement("""
                        insert into platform.job (id, kind, title, parameters, actor_kind, actor_name, created_at)
                        values (?, ?, ?, cast(? as jsonb), 'SYSTEM', 'Command line', now())
                        """);
                PreparedStatement due = database.prepareStatement("""
                        insert into platform.scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                        values ('job', ?, to_timestamp(0), false, 1)
                        """)) {
            job.setObject(1, id);
            job.setString(2, kind);
            job.setString(3, title);
            job.setString(4, parametersJson);
            job.executeUpdate();
            due.setString(1, id.toString());
            due.executeUpdate();
            database.commit();
        } finally {
            database.setAutoCommit(true);
        }
        return id;
    }

    /** Prints how it goes, until it is finished. @return whether it was done */
    public boolean follow(UUID job, PrintStream out) throws SQLException, InterruptedException {
        String shown = "";
        while (true) {
            try (PreparedStatement query = database.prepareStatement(
                    "select state, stage, done, total, result, error from platform.job where id = ?")) {
                query.setObject(1, job);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        out.println("The job is gone.");
                        return false;
                    }
                    String state = row.getString(1);
                    String line = state.equals("queued")
                            ? "Waiting for the server."
                            : "%s %,d of %,d".formatted(row.getString(2), row.getLong(3), row.getLong(4));
                    if (state.equals("done") || state.equals("failed") || state.equals("cancelled")) {
                        String end = row.getString(5) != null ? row.getString(5) : row.getString(6);
                        out.println(end == null ? state : end);
                        return state.equals("done");
                    }
                    if (!line.equals(shown)) {
                        out.println(line);
                        shown = line;
                    }
                }
            }
            Thread.sleep(LOOK);
        }
    }
}
