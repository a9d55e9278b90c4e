package io.perennial.events.door;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Connections of the entrance beside the pool that pages use: slow pages never keep an event waiting, and a database
 * that is away is noticed within a second instead of half a minute.
 */
final class OwnConnections {

    private static final int SIZE = 2;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private OwnConnections() {}

    static DataSource beside(DataSource database) {
        try {
            HikariConfig config = new HikariConfig();
            database.unwrap(HikariDataSource.class).copyStateTo(config);
            config.setPoolName("entrance");
            config.setMaximumPoolSize(SIZE);
            config.setMinimumIdle(1);
            config.setConnectionTimeout(WAIT.toMillis());
            config.setValidationTimeout(WAIT.toMillis());
            config.setInitializationFailTimeout(-1);
            config.addDataSourceProperty("socketTimeout", String.valueOf(SILENCE.toSeconds()));
            config.addDataSourceProperty("ApplicationName", "perennial entrance");
            return new HikariDataSource(config);
        } catch (SQLException notOurs) {
            throw new IllegalStateException("The entrance expects the pool of the product", notOurs);
        }
    }

    static void close(DataSource connections) {
        if (connections instanceof HikariDataSource pool) {
            pool.close();
        }
    }
}
