package io.perennial.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What the product counted, held against what was sent to it: for each table, how much is missing and how much is too much. */
final class Balance {

    private static final String FACTS = """
            select concat_ws(' ', a.external_id, d.day, u.external_id, f.name), sum(d.events) from usage.daily d
            join accounts.account a on a.id = d.account_id join usage.feature f on f.id = d.feature_id
            join usage.product_user u on u.id = d.user_id
            group by 1
            """;
    private static final String ACCOUNTS = """
            select concat_ws(' ', a.external_id, d.day), d.events from usage.account_day d
            join accounts.account a on a.id = d.account_id
            """;
    private static final String ACTIVE = """
            select concat_ws(' ', a.external_id, d.day), d.active_users from usage.account_day d
            join accounts.account a on a.id = d.account_id
            """;
    private static final String USERS = """
            select concat_ws(' ', a.external_id, d.day, u.external_id), d.events from usage.user_day d
            join accounts.account a on a.id = d.account_id join usage.product_user u on u.id = d.user_id
            """;
    private static final String SOURCES = """
            select s.name, sum(d.events) from events.source_day d join events.source s on s.id = d.source_id group by 1
            """;
    private static final String MESSAGES = """
            select substring(i.body from '"messageId":"message-([0-9]+)"')::int, count(*)
            from events.message m join events.inbox i on i.seq = m.seq
            group by 1
            """;
    private static final int ROWS_AT_ONCE = 10_000;

    private final Map<String, Off> tables = new LinkedHashMap<>();

    private Balance() {}

    /** In events. */
    record Off(long missing, long tooMuch) {}

    static Balance of(Connection database, List<Message> messages) throws SQLException {
        database.setAutoCommit(false); // Else the whole answer would be held in memory.
        Balance balance = new Balance();
        balance.tables.put("events.message", messages(database, messages.size()));
        balance.tables.put("events.parked", left(database, "events.parked"));
        balance.tables.put("events.unresolved", left(database, "events.unresolved"));
        List<Message> use =
                messages.stream().filter(message -> !message.isGroup()).toList();
        Function<Message, String> accountDay = message -> message.account() + " " + day(message);
        Function<Message, String> login = message -> accountDay.apply(message) + " " + message.userRef();
        Map<String, Long> logins = counted(use, login);
        balance.compare(
                database,
                "usage.daily",
                FACTS,
                counted(use, message -> login.apply(message) + " " + message.feature()));
        balance.compare(database, "usage.account_day", ACCOUNTS, counted(use, accountDay));
        balance.compare(
                database,
                "usage.account_day active users",
                ACTIVE,
                counted(logins.keySet(), key -> key.substring(0, key.lastIndexOf(' '))));
        balance.compare(database, "usage.user_day", USERS, logins);
        balance.compare(
                database,
                "usage.company_day",
                "select day::text, events from usage.company_day",
                counted(use, Balance::day));
        balance.compare(
                database,
                "usage.company_day active users",
                "select day::text, active_users from usage.company_day",
                counted(logins.keySet(), key -> key.split(" ", -1)[1]));
        balance.compare(
                database, "events.source_day", SOURCES, counted(messages, message -> "source " + message.source()));
        return balance;
    }

    /** What is not as it was sent, by table; empty when every message counts exactly once everywhere. */
    Map<String, Off> wrong() {
        Map<String, Off> wrong = new LinkedHashMap<>(tables);
        wrong.values().removeIf(new Off(0, 0)::equals);
        return wrong;
    }

    Map<String, Off> tables() {
        return tables;
    }

    private static String day(Message message) {
        return LocalDate.ofInstant(message.at(), ZoneOffset.UTC).toString();
    }

    private static <T> Map<String, Long> counted(Iterable<T> things, Function<T, String> key) {
        Map<String, Long> counts = new TreeMap<>();
        things.forEach(thing -> counts.merge(key.apply(thing), 1L, Long::sum));
        return counts;
    }

    private static Off left(Connection database, String table) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            return new Off(row.next() ? row.getLong(1) : 0, 0);
        }
    }

    private static Off messages(Connection database, int sent) throws SQLException {
        int[] counts = new int[sent];
        long tooMuch = 0;
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet row = statement.executeQuery(MESSAGES)) {
                while (row.next()) {
                    counts[row.getInt(1)] += row.getInt(2);
                }
            }
        }
        long missing = 0;
        for (int count : counts) {
            missing += count == 0 ? 1 : 0;
            tooMuch += Math.max(0, count - 1);
        }
        return new Off(missing, tooMuch);
    }

    private void compare(Connection database, String table, String query, Map<String, Long> expected)
            throws SQLException {
        Map<String, Long> counted = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                counted.put(row.getString(1), row.getLong(2));
            }
        }
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(counted.keySet());
        long missing = 0;
        long tooMuch = 0;
        for (String key : keys) {
            long difference = counted.getOrDefault(key, 0L) - expected.getOrDefault(key, 0L);
            missing += Math.max(0, -difference);
            tooMuch += Math.max(0, difference);
        }
        tables.put(table, new Off(missing, tooMuch));
    }
}
