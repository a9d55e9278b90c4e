package io.perennial.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into a few of the events that have come since the last look, and notes which names and properties they have. The
 * whole text of an event is read only here, so the number of looks is bounded whatever arrives.
 */
@Component
public class SchemaSampling {

    /** Events of one look. */
    static final int LOOKS = 200;

    private static final int LONGEST = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final TransactionOperations transactions;
    private final Random dice = new Random();
    private @Nullable Long seen;

    SchemaSampling(JdbcClient database, JdbcTemplate batches, TransactionOperations transactions) {
        this.database = database;
        this.batches = batches;
        this.transactions = transactions;
    }

    private record Name(int source, int kind, String name) {

        static final Comparator<Name> ORDER = Comparator.comparingInt(Name::source)
                .thenComparingInt(Name::kind)
                .thenComparing(Name::name);
    }

    private static final class Sample {
        private long times;
        private final Instant at;
        private final Map<String, Set<String>> types = new TreeMap<>();

        private Sample(Instant at) {
            this.at = at;
        }
    }

    /** After a start only what comes from then on, and a few from before. */
    public synchronized void look() {
        long last = database.sql("select last_value from events.inbox_seq")
                .query(Long.class)
                .single();
        long from = seen == null ? Math.max(0, last - LOOKS) : seen;
        if (last == from) {
            return;
        }
        Long[] places = (last > from && last - from <= LOOKS ? LongStream.rangeClosed(from + 1, last) : chosen(last))
                .boxed()
                .toArray(Long[]::new);
        note(read(places));
        seen = last;
    }

    private LongStream chosen(long last) {
        long from = seen == null || seen > last ? 0 : seen;
        return dice.longs(LOOKS, from + 1, last + 1).distinct().sorted();
    }

    private Map<Name, Sample> read(Long[] places) {
        Map<Name, Sample> samples = new TreeMap<>(Name.ORDER);
        database.sql("""
                select received_on, received_at, source_id, kind, name, body from events.inbox where seq = any(:places)
                """).param("places", places).query(row -> {
            Name name = new Name(row.getInt("source_id"), row.getInt("kind"), shortened(row.getString("name")));
            Sample sample = samples.computeIfAbsent(name, key -> new Sample(receivedAt(row)));
            sample.times++;
            properties(row.getString("body"), name.kind())
                    .forEachEntry((property, value) -> sample.types
                            .computeIfAbsent(shortened(property), key -> new TreeSet<>())
                            .addAll(type(value)));
        });
        return samples;
    }

    private static Instant receivedAt(ResultSet row) {
        try {
            return row.getTimestamp("received_at").toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shortened(@Nullable String text) {
        return text == null ? "" : text.substring(0, Math.min(LONGEST, text.length()));
    }

    private static JsonNode properties(String body, int kind) {
        try {
            JsonNode event = JSON.readTree(body);
            JsonNode found = event.path(kind <= 3 ? "properties" : "traits");
            return found.isObject()
                    ? found
                    : event.path("data").isObject() ? event.path("data") : JSON.createObjectNode();
        } catch (JacksonException e) {
            return JSON.createObjectNode(); // the reader parks it and says why
        }
    }

    private static List<String> type(JsonNode value) {
        if (value.isString()) {
            return List.of("text");
        }
        if (value.isNumber()) {
            return List.of("number");
        }
        if (value.isBoolean()) {
            return List.of("yes or no");
        }
        if (value.isArray()) {
            return List.of("list");
        }
        return value.isObject() ? List.of("object") : List.of();
    }

    private void note(Map<Name, Sample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(transaction -> {
            Set<Name> known = known(samples.keySet());
            Map<Integer, Integer> names = new HashMap<>();
            known.forEach(name -> names.merge(name.source(), 1, Integer::sum));
            samples.keySet()
                    .removeIf(name ->
                            !known.contains(name) && names.merge(name.source(), 1, Integer::sum) > SeenSchema.NAMES);
            writeNames(samples);
            writeProperties(samples);
        });
    }

    private Set<Name> known(Set<Name> names) {
        return new HashSet<>(database.sql("""
                select source_id, kind, name from events.seen_name where source_id = any(:sources)
                """)
                .param("sources", names.stream().map(Name::source).distinct().toArray(Integer[]::new))
                .query((row, number) -> new Name(row.getInt(1), row.getInt(2), row.getString(3)))
                .list());
    }

    private void writeNames(Map<Name, Sample> samples) {
        batches.batchUpdate("""
                insert into events.seen_name as n (source_id, kind, name, sampled, first_at, last_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (source_id, kind, name) do update set sampled = n.sampled + excluded.sampled,
                    first_at = least(n.first_at, excluded.first_at), last_at = greatest(n.last_at, excluded.last_at)
                """, samples.entrySet(), LOOKS, (row, entry) -> {
            row.setInt(1, entry.getKey().source());
            row.setInt(2, entry.getKey().kind());
            row.setString(3, entry.getKey().name());
            row.setLong(4, entry.getValue().times);
            row.setObject(5, entry.getValue().at.atOffset(ZoneOffset.UTC));
            row.setObject(6, entry.getValue().at.atOffset(ZoneOffset.UTC));
        });
    }

    private record Seen(Name name, String property, Set<String> types, Instant at) {}

    private void writeProperties(Map<Name, Sample> samples) {
        List<Seen> properties = new ArrayList<>();
        samples.forEach((name, sample) ->
                sample.types.forEach((property, types) -> properties.add(new Seen(name, property, types, sample.at))));
        batches.batchUpdate("""
                insert into events.seen_property as p
                    (source_id, kind, name, property, types, sampled, first_at, last_at)
                select n.*, 1, cast(? as timestamptz), cast(? as timestamptz)
                from (select cast(? as int), cast(? as smallint), cast(? as text), cast(? as text), cast(? as text[])) n
                    (source_id, kind, name, property, types)
                where exists (
                        select from events.seen_property o
                        where (o.source_id, o.kind, o.name, o.property) = (n.source_id, n.kind, n.name, n.property))
                    or (select count(*) from events.seen_property o
                        where (o.source_id, o.kind, o.name) = (n.source_id, n.kind, n.name)) < %d
                on conflict (source_id, kind, name, property) do update set sampled = p.sampled + 1,
                    types = array(select distinct t from unnest(p.types || excluded.types) t order by t),
                    first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at)
                """.formatted(SeenSchema.PROPERTIES), properties, LOOKS, (row, seen) -> {
            row.setObject(1, seen.at().atOffset(ZoneOffset.UTC));
            row.setObject(2, seen.at().atOffset(ZoneOffset.UTC));
            row.setInt(3, seen.name().source());
            row.setInt(4, seen.name().kind());
            row.setString(5, seen.name().name());
            row.setString(6, seen.property());
            row.setArray(
                    7, row.getConnection().createArrayOf("text", seen.types().toArray()));
        });
    }
}
