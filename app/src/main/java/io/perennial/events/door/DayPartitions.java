package io.perennial.events.door;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the inbox's partition of a day and of the two after it. A day whose partition cannot be made goes to the
 * default partition and stays there whole. Belongs to the writer's thread.
 *
 * <p>A partition is written once, read once and dropped whole, so nobody would gain from freezing its rows while events
 * arrive: that wrote the whole day a second time, in the way of those who wait for their answer.
 */
final class DayPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(DayPartitions.class);
    private static final int AHEAD = 2;
    private static final int REMEMBERED = 100;

    /** "duplicate_table": two instances came to a new day in the same moment. */
    private static final String MADE_BY_ANOTHER = "42P07";

    private final DataSource database;
    private final Set<LocalDate> settled = new HashSet<>();

    DayPartitions(DataSource database) {
        this.database = database;
    }

    /** @throws SQLException when the database is away */
    void ensure(LocalDate day) throws SQLException {
        if (settled.contains(day)) {
            return;
        }
        if (settled.size() > REMEMBERED) {
            settled.clear();
        }
        try (Connection connection = database.getConnection()) {
            for (int i = 0; i <= AHEAD; i++) {
                make(connection, day.plusDays(i));
            }
        }
        settled.add(day);
    }

    private static void make(Connection connection, LocalDate day) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            statement.execute("""
                    create table if not exists events.inbox_%s partition of events.inbox
                    for values from ('%s') to ('%s') with (autovacuum_vacuum_insert_threshold = -1)
                    """.formatted(day.toString().replace('-', '_'), day, day.plusDays(1)));
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (MADE_BY_ANOTHER.equals(e.getSQLState())) {
                return;
            }
            LOG.warn("No partition of the inbox for {}, its events go to the default one: {}", day, e.getMessage());
        }
    }
}
