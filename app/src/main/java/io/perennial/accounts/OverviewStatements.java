package io.perennial.accounts;

import io.perennial.accounts.overview.OverviewRows;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes rows of {@code accounts.overview}, all columns at once, and only where one of them really differs. */
class OverviewStatements {

    private final JdbcClient database;
    private final Map<List<String>, String> statements = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, String> types;

    OverviewStatements(JdbcClient database) {
        this.database = database;
    }

    void write(OverviewRows rows, List<String> columns, Instant now) {
        var statement = database.sql(statements.computeIfAbsent(columns, this::statement))
                .param("now", Timestamp.from(now))
                .param(
                        "accounts",
                        rows.accounts().stream().map(AccountId::value).toArray(UUID[]::new));
        for (String column : columns) {
            statement = statement.param(
                    column,
                    rows.accounts().stream()
                            .map(account -> text(rows.get(account, column)))
                            .toArray(String[]::new));
        }
        statement.update();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Values are cast to the column's own type first, else 0.12345 would differ for ever from its stored 0.1235. */
    private String statement(List<String> columns) {
        Map<String, String> known = types();
        return """
                update accounts.overview o set %s, refreshed_at = :now, changed_in = pg_current_xact_id()
                from (
                    select account_id, %s
                    from unnest(cast(:accounts as uuid[]), %s) as v (account_id, %s)
                ) n
                where o.account_id = n.account_id and (%s) is distinct from (%s)
                """.formatted(
                        each(columns, "%1$s = n.%1$s"),
                        columns.stream()
                                .map(column -> "cast(v." + column + " as " + typeOf(known, column) + ") as " + column)
                                .collect(Collectors.joining(", ")),
                        each(columns, "cast(:%1$s as text[])"),
                        each(columns, "%1$s"),
                        each(columns, "o.%1$s"),
                        each(columns, "n.%1$s"));
    }

    private static String each(List<String> columns, String form) {
        return columns.stream().map(form::formatted).collect(Collectors.joining(", "));
    }

    private static String typeOf(Map<String, String> types, String column) {
        String type = types.get(column);
        if (type == null) {
            throw new IllegalStateException(
                    "accounts.overview has no column " + column + "; add it in a migration of accounts.");
        }
        return type;
    }

    private Map<String, String> types() {
        Map<String, String> known = types;
        if (known == null) {
            Map<String, String> read = new HashMap<>();
            database.sql("""
                    select attname, format_type(atttypid, atttypmod) as type from pg_attribute
                    where attrelid = 'accounts.overview'::regclass and attnum > 0 and not attisdropped
                    """).query(row -> {
                read.put(row.getString("attname"), row.getString("type"));
            });
            known = Map.copyOf(read);
            types = known;
        }
        return known;
    }
}
