package io.perennial.identity.keys;

import io.perennial.platform.records.Ids;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The key command without Spring, so that it answers in a moment. */
public final class KeyShell {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String USAGE = """
            perennial key create NAME [--scope read|write|import]...   prints the key once (default scope: read)
            perennial key list
            perennial key revoke PREFIX""";

    private final Connection database;
    private final PrintStream out;
    private final Clock clock;

    private KeyShell(Connection database, PrintStream out, Clock clock) {
        this.database = database;
        this.out = out;
        this.clock = clock;
    }

    /** @return exit code: 0 done, 1 failed, 2 not understood */
    public static int run(String[] arguments, PrintStream out, PrintStream problems) {
        if (arguments.length < 2) {
            problems.println(USAGE);
            return MISUSED;
        }
        List<String> rest = List.of(arguments).subList(2, arguments.length);
        try (Connection database = DriverManager.getConnection(arguments[0])) {
            KeyShell shell = new KeyShell(database, out, Clock.systemUTC());
            return switch (arguments[1]) {
                case "create" -> shell.create(rest, problems);
                case "list" -> shell.list();
                case "revoke" -> shell.revoke(rest, problems);
                default -> misused(problems, "Unknown: key " + arguments[1]);
            };
        } catch (SQLException e) {
            problems.println("The database did not answer: " + e.getMessage());
            return FAILED;
        }
    }

    private int create(List<String> arguments, PrintStream problems) throws SQLException {
        List<String> names = new ArrayList<>();
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).equals("--scope")) {
                names.add(arguments.get(i));
            } else if (i + 1 == arguments.size()) {
                return misused(problems, "--scope needs read, write or import");
            } else {
                i++;
                for (String text : arguments.get(i).split(",", -1)) {
                    var scope = Scope.of(text);
                    if (scope.isEmpty()) {
                        return misused(problems, "Unknown scope: " + text);
                    }
                    scopes.add(scope.get());
                }
            }
        }
        if (names.size() != 1 || names.get(0).isBlank() || names.get(0).startsWith("-")) {
            return misused(problems, "Give the key one name.");
        }
        if (scopes.isEmpty()) {
            scopes.add(Scope.READ);
        }
        String text = KeyText.fresh();
        try (PreparedStatement insert = database.prepareStatement("""
                insert into identity.api_key (id, name, prefix, hash, scopes, created_at) values (?, ?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, Ids.next());
            insert.setString(2, names.get(0).strip());
            insert.setString(3, KeyText.shown(text));
            insert.setBytes(4, KeyText.hash(text));
            insert.setArray(
                    5,
                    database.createArrayOf(
                            "text", scopes.stream().map(Scope::text).sorted().toArray()));
            insert.setTimestamp(6, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        }
        out.println(text);
        return DONE;
    }

    private int list() throws SQLException {
        try (PreparedStatement query = database.prepareStatement("""
                        select prefix, name, array_to_string(scopes, ','), last_used_at, revoked_at is not null
                        from identity.api_key order by created_at
                        """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Timestamp used = row.getTimestamp(4);
                out.printf(
                        "%s  %s  %s  %s%s%n",
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        used == null ? "never used" : "used " + used.toInstant(),
                        row.getBoolean(5) ? "  revoked" : "");
            }
        }
        return DONE;
    }

    private int revoke(List<String> arguments, PrintStream problems) throws SQLException {
        if (arguments.size() != 1) {
            return misused(problems, "Say which key: its first characters, as key list shows them.");
        }
        try (PreparedStatement update = database.prepareStatement(
                "update identity.api_key set revoked_at = ? where prefix = ? and revoked_at is null")) {
            update.setTimestamp(1, Timestamp.from(clock.instant()));
            update.setString(2, arguments.get(0));
            int revoked = update.executeUpdate();
            out.println(revoked == 1 ? "1 key revoked" : revoked + " keys revoked");
            return revoked == 0 ? FAILED : DONE;
        }
    }

    private static int misused(PrintStream problems, String message) {
        problems.println(message);
        problems.println(USAGE);
        return MISUSED;
    }
}
