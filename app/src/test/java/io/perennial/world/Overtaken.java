package io.perennial.world;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A request that comes while somebody else's change is being written, and goes on when that is done. */
public final class Overtaken {

    private Overtaken() {}

    /** @param change theirs, a statement @param request ours */
    public static <T> T by(DataSource source, String change, Supplier<T> request) throws Exception {
        try (ExecutorService ourselves = Executors.newVirtualThreadPerTaskExecutor();
                Connection theirs = source.getConnection();
                Statement statement = theirs.createStatement()) {
            theirs.setAutoCommit(false);
            statement.execute(change);
            Future<T> ours = ourselves.submit(request::get);
            await().until(() -> ours.isDone() || somebodyWaits(source));
            theirs.commit();
            return ours.get();
        }
    }

    private static boolean somebodyWaits(DataSource source) throws SQLException {
        try (Connection look = source.getConnection();
                Statement statement = look.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select exists (select from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock')
                        """)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
