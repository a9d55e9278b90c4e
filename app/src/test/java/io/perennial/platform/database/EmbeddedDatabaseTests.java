package io.perennial.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EmbeddedDatabaseTests {

    @TempDir
    Path data;

    @Test
    void keepsDataAcrossRestartsAndNeedsItsPassword() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            run(database.jdbcUrl(), "create table promise (words text)");
            run(database.jdbcUrl(), "insert into promise values ('no surprise cancellation')");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            assertThat(ask(database.jdbcUrl(), "select words from promise")).isEqualTo("no surprise cancellation");
            String withoutPassword = database.jdbcUrl().replaceAll("password=\\w+", "password=wrong");
            assertThatThrownBy(() -> ask(withoutPassword, "select 1")).hasMessageContaining("password");
        }
    }

    @Test
    void startsAgainByItselfWhenThePostmasterIsKilled() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            run(database.jdbcUrl(), "create table kept as select 42 as answer");
            kill(postmaster());
            assertThat(askUntilAnswered(database.jdbcUrl(), "select answer from kept"))
                    .isEqualTo("42");
        }
    }

    /** Gigabytes of log after a power cut: here a patience too short for any start stands for them. */
    @Test
    void waitsForARecoveryThatTakesLongerThanOneTry() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            run(database.jdbcUrl(), "create table kept as select 42 as answer");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, Duration.ofMillis(1))) {
            assertThat(ask(database.jdbcUrl(), "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void refusesASecondStartOnTheSameDirectory() {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(data)) {
            assertThat(first.jdbcUrl()).contains("127.0.0.1");
            assertThatThrownBy(() -> EmbeddedDatabase.start(data))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Perennial")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void neverPutsAnEmptyDatabaseWhereOneWas() throws IOException {
        Files.writeString(data.resolve("initialized"), "once");
        assertThatThrownBy(() -> EmbeddedDatabase.start(data))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("had a database");
    }

    @Test
    void refusesADatabaseThatCouldLoseAcknowledgedData() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            PGSimpleDataSource unsafe = new PGSimpleDataSource();
            unsafe.setUrl(database.jdbcUrl() + "&options=-c%20synchronous_commit=off");
            assertThatThrownBy(() -> Durability.require(unsafe))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("synchronous_commit = off");
            PGSimpleDataSource safe = new PGSimpleDataSource();
            safe.setUrl(database.jdbcUrl());
            Durability.require(safe);
            assertThat(ask(database.jdbcUrl(), "show fsync")).isEqualTo("on");
        }
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static void kill(long process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-9", Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String askUntilAnswered(String url, String question) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (true) {
            try {
                return ask(url, question);
            } catch (SQLException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(250);
            }
        }
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
