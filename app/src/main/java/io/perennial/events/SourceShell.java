package io.perennial.events;

import io.perennial.shared.SecretText;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;

/** The source command without Spring, so that it answers in a moment. */
final class SourceShell {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String TAKEN = "23505";
    private static final String USAGE = """
            perennial source create NAME    prints the write key once
            perennial source list
            perennial source rotate NAME    prints a new write key; the old one ends now
            perennial source close NAME     takes nothing more from it""";

    private final Connection database;
    private final PrintStream out;
    private final PrintStream problems;
    private final Clock clock;

    private SourceShell(Connection database, PrintStream out, PrintStream problems, Clock clock) {
        this.database = database;
        this.out = out;
        this.problems = problems;
        this.clock = clock;
    }

    /** @return exit code: 0 done, 1 failed, 2 not understood */
    static int run(String[] arguments, PrintStream out, PrintStream problems) {
        boolean list = arguments.length == 2 && arguments[1].equals("list");
        if (!list && (arguments.length != 3 || arguments[2].isBlank())) {
            problems.println(USAGE);
            return MISUSED;
        }
        try (Connection database = DriverManager.getConnection(arguments[0])) {
            SourceShell shell = new SourceShell(database, out, problems, Clock.systemUTC());
            return switch (arguments[1]) {
                case "list" -> shell.list();
                case "create" -> shell.create(arguments[2].strip());
                case "rotate" -> shell.rotate(arguments[2].strip());
                case "close" -> shell.close(arguments[2].strip());
                default -> {
                    problems.println(USAGE);
                    yield MISUSED;
                }
            };
        } catch (SQLException e) {
            problems.println("The database did not answer: " + e.getMessage());
            return FAILED;
        }
    }

    private int create(String name) throws SQLException {
        String key = WriteKey.TEXT.fresh();
        try (PreparedStatement insert = database.prepareStatement("""
                insert into events.source (name, key_hash, key_shown, created_at, created_by) values (?, ?, ?, ?, ?)
                """)) {
            insert.setString(1, name);
            insert.setBytes(2, SecretText.hash(key));
            insert.setString(3, WriteKey.TEXT.shown(key));
            insert.setTimestamp(4, Timestamp.from(clock.instant()));
            insert.setString(5, "command line");
            insert.executeUpdate();
        } catch (SQLException e) {
            if (TAKEN.equals(e.getSQLState())) {
                problems.println("There is a source of that name already.");
                return FAILED;
            }
            throw e;
        }
        out.println(key);
        return DONE;
    }

    private int rotate(String name) throws SQLException {
        String key = WriteKey.TEXT.fresh();
        try (PreparedStatement update = database.prepareStatement(
                "update events.source set key_hash = ?, key_shown = ? where name = ? and closed_at is null")) {
            update.setBytes(1, SecretText.hash(key));
            update.setString(2, WriteKey.TEXT.shown(key));
            update.setString(3, name);
            return update.executeUpdate() == 1 ? told(key) : unknown();
        }
    }

    private int close(String name) throws SQLException {
        try (PreparedStatement update = database.prepareStatement(
                "update events.source set closed_at = ? where name = ? and closed_at is null")) {
            update.setTimestamp(1, Timestamp.from(clock.instant()));
            update.setString(2, name);
            return update.executeUpdate() == 1 ? told("closed") : unknown();
        }
    }

    private int list() throws SQLException {
        try (PreparedStatement query = database.prepareStatement("""
                        select s.key_shown, s.name, s.closed_at is not null, max(h.last_at) filter (where h.accepted > 0)
                        from events.source s left join events.source_hour h on h.source_id = s.id
                        group by s.id order by s.closed_at is not null, s.name
                        """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Timestamp last = row.getTimestamp(4);
                out.printf(
                        "%s  %s  %s%s%n",
                        row.getString(1),
                        row.getString(2),
                        last == null ? "nothing yet" : "last event " + last.toInstant(),
                        row.getBoolean(3) ? "  closed" : "");
            }
        }
        return DONE;
    }

    private int told(String text) {
        out.println(text);
        return DONE;
    }

    private int unknown() {
        problems.println("There is no open source of that name.");
        return FAILED;
    }
}
