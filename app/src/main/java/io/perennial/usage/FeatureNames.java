package io.perennial.usage;

import io.perennial.usage.counting.Count;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The catalogue as events fill it: what was never seen appears by itself, waiting for somebody to look at it. A program
 * that puts numbers into its names must not fill the catalogue with them, so names stop at a bound.
 */
@Component
class FeatureNames {

    /** Names that events may bring; what comes later is counted as {@link #OTHER}. */
    static final int MOST = 2_000;

    static final String OTHER = "(other)";

    private final JdbcClient database;

    FeatureNames(JdbcClient database) {
        this.database = database;
    }

    private record Known(int id, LocalDate firstUsedOn) {}

    /** Numbers by name; a name without a place in the catalogue has the number of {@link #OTHER}. */
    Map<String, Integer> of(Collection<Count> counts, Instant now) {
        Map<String, LocalDate> firstUse = new TreeMap<>();
        for (Count count : counts) {
            firstUse.merge(count.feature(), count.day(), FeatureNames::earlier);
        }
        Map<String, Known> known = known(firstUse.keySet());
        Map<String, LocalDate> missing = new TreeMap<>(firstUse);
        missing.keySet().removeAll(known.keySet());
        if (!missing.isEmpty()) {
            known.putAll(added(missing, now));
        }
        Map<String, LocalDate> before = new HashMap<>();
        Map<String, Integer> ids = new HashMap<>();
        firstUse.forEach((name, day) -> {
            Known own = known.get(name);
            Known feature = Objects.requireNonNull(own != null ? own : known.get(OTHER));
            ids.put(name, feature.id());
            if (own != null && day.isBefore(feature.firstUsedOn())) {
                before.put(name, day);
            }
        });
        usedBefore(before);
        return ids;
    }

    private Map<String, Known> known(Collection<String> names) {
        Map<String, Known> known = new HashMap<>();
        database.sql("select name, id, first_used_on from usage.feature where name = any(:names)")
                .param("names", names.toArray(String[]::new))
                .query(row -> {
                    known.put(
                            row.getString("name"),
                            new Known(row.getInt("id"), row.getObject("first_used_on", LocalDate.class)));
                });
        return known;
    }

    private Map<String, Known> added(Map<String, LocalDate> missing, Instant now) {
        int room = MOST
                - database.sql("select count(*) from usage.feature where id <> 0")
                        .query(Integer.class)
                        .single();
        Map<String, LocalDate> chosen = new TreeMap<>();
        missing.entrySet().stream()
                .limit(Math.max(0, room))
                .forEach(entry -> chosen.put(entry.getKey(), entry.getValue()));
        if (chosen.size() < missing.size()) {
            chosen.put(
                    OTHER, missing.values().stream().min(LocalDate::compareTo).orElseThrow());
        }
        database.sql("""
                insert into usage.feature (name, first_used_on, created_at)
                select name, day, :now from unnest(cast(:names as text[]), cast(:days as date[])) as n (name, day)
                order by name
                on conflict (name) do nothing
                """)
                .param("names", chosen.keySet().toArray(String[]::new))
                .param("days", chosen.values().stream().map(LocalDate::toString).toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return known(chosen.keySet());
    }

    private void usedBefore(Map<String, LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        database.sql("""
                update usage.feature f set first_used_on = n.day
                from unnest(cast(:names as text[]), cast(:days as date[])) as n (name, day)
                where f.name = n.name and f.first_used_on > n.day
                """)
                .param("names", days.keySet().toArray(String[]::new))
                .param("days", days.values().stream().map(LocalDate::toString).toArray(String[]::new))
                .update();
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
