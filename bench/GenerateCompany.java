import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills an empty company, by SQL alone, with many accounts and everything behind them, and waits until the product has
 * computed its health by itself. The statements stand in {@code bench/company}. Arguments: the data directory of a
 * running server, then {@code --accounts N --contacts N --usage N}; later {@code --cases N} for the desk of that company.
 */
public class GenerateCompany {

    private static final Pattern STEP = Pattern.compile("(?m)^-- step: (.*)$");
    private static final Pattern WITHOUT_INDEXES = Pattern.compile("(?m)^-- without indexes: (\\S+)$");
    private static final Path SQL = Path.of(System.getProperty("bench", "bench"), "company");

    private final Database database;
    private final Map<String, String> values;
    private final long usage;

    private GenerateCompany(Database database, Map<String, String> values, long usage) {
        this.database = database;
        this.values = values;
        this.usage = usage;
    }

    public static void main(String[] arguments) throws Exception {
        long accounts = 100_000;
        long contacts = 1_000_000;
        long usage = 50_000_000;
        long cases = 0;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            long value = Long.parseLong(arguments[i + 1].replace("_", ""));
            switch (arguments[i]) {
                case "--accounts" -> accounts = value;
                case "--contacts" -> contacts = value;
                case "--usage" -> usage = value;
                case "--cases" -> cases = value;
                default -> throw new IllegalArgumentException("There is no option " + arguments[i]);
            }
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String url = Files.readString(Path.of(arguments[0], "connection")).strip();
        try (Connection connection = DriverManager.getConnection(url)) {
            Database database = new Database(connection);
            if (cases > 0) {
                new GenerateCompany(database, Map.of("cases", Long.toString(cases), "today", today.toString()), 0).desk();
                return;
            }
            if (database.number("select count(*) from accounts.account") > 0) {
                System.err.println("This company has accounts already. Generate into an empty data directory.");
                System.exit(1);
            }
            Map<String, String> values = Map.of(
                    "accounts", Long.toString(accounts), "contacts", Long.toString(contacts), "today", today.toString());
            new GenerateCompany(database, values, usage).all(today);
        }
    }

    private void all(LocalDate today) throws SQLException, IOException {
        long started = System.nanoTime();
        // The product scores one batch at a time under this lock; it must not begin with half a company.
        database.run("select pg_advisory_lock(hashtext('perennial health'))");
        for (String file : List.of("1-words.sql", "2-customers.sql", "3-business.sql", "4-users.sql")) {
            steps(Files.readString(SQL.resolve(file)));
        }
        new CompanyUsage(database, Files.readString(SQL.resolve("day.sql")), usage).write(today);
        database.timed("statistics", "vacuum (analyze)");
        System.out.printf("All facts are there after %s.%n", since(started));
        database.run("select pg_advisory_unlock(hashtext('perennial health'))");
        CompanyHealth health = new CompanyHealth(database);
        health.awaitScores();
        steps(Files.readString(SQL.resolve("5-history.sql")));
        database.timed("statistics", "vacuum (analyze)");
        health.print();
        System.out.printf("Done after %s.%n", since(started));
    }

    /** A desk with a history, in a company that was generated before. */
    private void desk() throws SQLException, IOException {
        String words = Files.readString(SQL.resolve("1-words.sql"));
        steps(words.substring(0, words.indexOf("-- step: 128 colleagues")));
        steps(Files.readString(SQL.resolve("6-desk.sql")));
        for (String table : List.of("support_case", "message", "clock")) {
            database.timed("statistics of " + table, "vacuum (analyze) cases." + table);
        }
        System.out.printf("%,d cases, %,d messages%n",
                database.number("select count(*) from cases.support_case"), database.number("select count(*) from cases.message"));
    }

    private void steps(String text) throws SQLException {
        Matcher step = STEP.matcher(text);
        List<Integer> starts = new ArrayList<>();
        while (step.find()) {
            starts.add(step.start());
        }
        starts.add(text.length());
        for (int i = 0; i + 1 < starts.size(); i++) {
            String sql = filled(text.substring(starts.get(i), starts.get(i + 1)));
            Matcher title = STEP.matcher(sql);
            Matcher bare = WITHOUT_INDEXES.matcher(sql);
            List<String> indexes = bare.find() ? database.dropIndexes(bare.group(1)) : List.of();
            database.timed(title.find() ? title.group(1) : "", sql);
            for (String index : indexes) {
                database.timed("  " + index.substring(0, index.indexOf(" USING")).toLowerCase(Locale.ROOT), index);
            }
        }
    }

    private String filled(String sql) {
        String filled = sql;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(":" + value.getKey(), value.getValue());
        }
        return filled;
    }

    static String since(long started) {
        long seconds = (System.nanoTime() - started) / 1_000_000_000;
        return seconds / 60 + " min " + seconds % 60 + " s";
    }
}
