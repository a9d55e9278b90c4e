package io.perennial.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Looks every few milliseconds at what the database does, to say what a figure was limited by. */
final class Limits implements AutoCloseable {

    private static final int PAUSE = 5;
    private static final int SHOWN = 9;

    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private final Thread watcher;
    private volatile boolean running = true;

    Limits(DataSource pool) {
        watcher = Thread.ofPlatform().daemon().start(() -> watch(pool));
    }

    private void watch(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            while (running) {
                try (ResultSet row = statement.executeQuery("""
                        select case when state = 'active' then regexp_replace(left(query, 400), '\\s+', ' ', 'g')
                            else 'JVM' end, coalesce(wait_event_type, 'CPU')
                        from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()
                            and state in ('active', 'idle in transaction')
                        """)) {
                    while (row.next()) {
                        seen.merge(
                                name(row.getString(1)) + (row.getString(2).equals("IO") ? " (disk)" : ""),
                                1,
                                Integer::sum);
                    }
                }
                Thread.sleep(PAUSE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(String query) {
        int into = query.indexOf("insert into ");
        if (into >= 0) {
            return query.substring(into, Math.min(query.length(), into + 40)).replaceAll(" (as|\\().*", "");
        }
        return query.substring(0, Math.min(query.length(), 60));
    }

    @Override
    public void close() {
        running = false;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        int all = Math.max(1, seen.values().stream().mapToInt(Integer::intValue).sum());
        return seen.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .map(entry -> "%d %% %s".formatted(100 * entry.getValue() / all, entry.getKey()))
                .collect(Collectors.joining("; "));
    }
}
