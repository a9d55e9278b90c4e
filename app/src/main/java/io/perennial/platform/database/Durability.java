package io.perennial.platform.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Refuses a database that could lose acknowledged data at a power cut. */
final class Durability {

    private static final List<String> MUST_BE_ON = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    /** @throws CannotStart naming the setting and the remedy */
    static void require(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                String value = show(statement, setting);
                if (value.equals("off")) {
                    throw new CannotStart("PostgreSQL runs with " + setting + " = off. Acknowledged data would be"
                            + " lost at a power cut, so Perennial does not start. Set " + setting
                            + " = on in postgresql.conf and restart PostgreSQL.");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the durability settings of PostgreSQL: " + e.getMessage(), e);
        }
    }

    /**
     * What a database that somebody brought could do better. Our own always has it.
     *
     * @return a sentence with the remedy, or empty
     */
    static Optional<String> advice(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return show(statement, "data_checksums").equals("on")
                    ? Optional.empty()
                    : Optional.of("This PostgreSQL cluster has no data checksums, so damage on disk would go unseen. To"
                            + " have them, stop PostgreSQL and run pg_checksums --enable.");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the settings of PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
