package io.perennial.events.reading;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The histories of one kind that a batch asks for, with what it learns itself. */
final class Histories {

    private final JdbcClient database;
    private final String table;
    private final String key;
    private final String value;
    private final Map<String, History> known = new HashMap<>();
    private final List<Learned> learned = new ArrayList<>();
    private final Set<String> firstKnown = new HashSet<>();

    private record Learned(String ref, long seq, String value) {}

    private Histories(JdbcClient database, String table, String key, String value) {
        this.database = database;
        this.table = table;
        this.key = key;
        this.value = value;
    }

    static Histories aliases(JdbcClient database) {
        return new Histories(database, "events.alias", "anonymous_ref", "user_ref");
    }

    static Histories memberships(JdbcClient database) {
        return new Histories(database, "events.membership", "user_ref", "account_ref");
    }

    /** Accounts that anonymous visitors said they belong to. */
    static Histories groups(JdbcClient database) {
        return new Histories(database, "events.visitor_group", "anonymous_ref", "account_ref");
    }

    void load(Collection<String> refs) {
        String[] missing = refs.stream()
                .distinct()
                .filter(ref -> !known.containsKey(ref))
                .sorted()
                .toArray(String[]::new);
        if (missing.length == 0) {
            return;
        }
        for (String ref : missing) {
            known.put(ref, new History());
        }
        database.sql(
                        "select h.%2$s, h.since_seq, h.%3$s from unnest(cast(:refs as text[])) r (ref) join %1$s h on h.%2$s = r.ref"
                                .formatted(table, key, value))
                .param("refs", missing)
                .query(row -> {
                    of(row.getString(1)).put(row.getLong(2), row.getString(3));
                });
    }

    History of(String ref) {
        return known.computeIfAbsent(ref, key -> new History());
    }

    @Nullable
    String at(String ref, long seq) {
        return of(ref).at(seq);
    }

    @Nullable
    String atOrAfter(String ref, long seq) {
        return of(ref).atOrAfter(seq);
    }

    /** From {@code seq} on; nothing new when it says what was known already. */
    void learn(String ref, long seq, String value) {
        History history = of(ref);
        if (value.equals(history.at(seq))) {
            return;
        }
        if (history.isEmpty()) {
            firstKnown.add(ref);
        }
        history.put(seq, value);
        learned.add(new Learned(ref, seq, value));
    }

    /** Those of whom nothing was known before: what waits for them waits no longer. */
    Set<String> firstKnown() {
        return firstKnown;
    }

    void store() {
        if (learned.isEmpty()) {
            return;
        }
        database.sql("""
                insert into %s as h (%s, since_seq, %s)
                select * from unnest(cast(:refs as text[]), cast(:seqs as bigint[]), cast(:values as text[]))
                on conflict do nothing
                """.formatted(table, key, value))
                .param("refs", learned.stream().map(Learned::ref).toArray(String[]::new))
                .param("seqs", learned.stream().mapToLong(Learned::seq).toArray())
                .param("values", learned.stream().map(Learned::value).toArray(String[]::new))
                .update();
        learned.clear();
    }
}
