package io.perennial.accounts;

import io.perennial.accounts.overview.OverviewSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The UPDATE of each source, made once. */
class OverviewStatements {

    private final JdbcClient database;
    private final List<OverviewSource> sources;
    private volatile @Nullable Map<String, String> types;

    OverviewStatements(JdbcClient database, List<OverviewSource> sources) {
        this.database = database;
        this.sources = List.copyOf(sources);
        Set<String> owned = new HashSet<>();
        for (OverviewSource source : sources) {
            for (String column : source.columns()) {
                if (!owned.add(column)) {
                    throw new IllegalStateException(
                            "Two sources fill accounts.overview." + column + "; each column has one owner.");
                }
            }
        }
    }

    List<String> all() {
        return sources.stream().map(this::of).toList();
    }

    /** Values are cast to the column's own type first, else 0.12345 would differ for ever from its stored 0.1235. */
    String of(OverviewSource source) {
        Map<String, String> known = types();
        String casts = source.columns().stream()
                .map(column -> "s." + column + "::" + typeOf(known, column) + " as " + column)
                .collect(Collectors.joining(", "));
        String assignments = source.columns().stream()
                .map(column -> column + " = n." + column)
                .collect(Collectors.joining(", "));
        String before = source.columns().stream().map(column -> "o." + column).collect(Collectors.joining(", "));
        String after = source.columns().stream().map(column -> "n." + column).collect(Collectors.joining(", "));
        return "update accounts.overview o set " + assignments + ", refreshed_at = :now from (select k.account_id, "
                + casts + " from unnest(:accounts) as k (account_id) left join (" + source.select()
                + ") s on s.account_id = k.account_id) n where o.account_id = n.account_id and (" + before
                + ") is distinct from (" + after + ")";
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
