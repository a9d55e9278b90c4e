package io.perennial.events.reading;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much came from each source on each day of arrival, how much of it again, and how much of that with other content. */
@Component
class Volume {

    private final JdbcClient database;

    Volume(JdbcClient database) {
        this.database = database;
    }

    private record Key(int source, LocalDate day) {}

    private static final class Sum {
        private long events;
        private long repeated;
        private long conflicts;
        private Instant last = Instant.EPOCH;
    }

    void add(InboxReader.Taken taken) {
        Map<Key, Sum> sums = new TreeMap<>(Comparator.comparingInt(Key::source).thenComparing(Key::day));
        int fresh = 0;
        for (Event event : taken.all()) {
            Sum sum = sums.computeIfAbsent(new Key(event.source(), event.receivedOn()), key -> new Sum());
            if (fresh < taken.fresh().size() && taken.fresh().get(fresh).seq() == event.seq()) {
                fresh++;
                sum.events++;
            } else {
                sum.repeated++;
                sum.conflicts += taken.conflicts().contains(event.seq()) ? 1 : 0;
            }
            sum.last = event.receivedAt().isAfter(sum.last) ? event.receivedAt() : sum.last;
        }
        List<Key> keys = new ArrayList<>(sums.keySet());
        database.sql("""
                insert into events.source_day as s (source_id, day, events, repeated, conflicts, last_at)
                select * from unnest(cast(:sources as int[]), cast(:days as date[]), cast(:events as bigint[]),
                    cast(:repeated as bigint[]), cast(:conflicts as bigint[]), cast(:last as timestamptz[]))
                on conflict (source_id, day) do update
                set events = s.events + excluded.events, repeated = s.repeated + excluded.repeated,
                    conflicts = s.conflicts + excluded.conflicts,
                    last_at = greatest(s.last_at, excluded.last_at)
                """)
                .param("sources", keys.stream().mapToInt(Key::source).toArray())
                .param("days", keys.stream().map(key -> key.day().toString()).toArray(String[]::new))
                .param(
                        "events",
                        sums.values().stream().mapToLong(sum -> sum.events).toArray())
                .param(
                        "repeated",
                        sums.values().stream().mapToLong(sum -> sum.repeated).toArray())
                .param(
                        "conflicts",
                        sums.values().stream().mapToLong(sum -> sum.conflicts).toArray())
                .param(
                        "last",
                        sums.values().stream()
                                .map(sum -> sum.last.atOffset(ZoneOffset.UTC).toString())
                                .toArray(String[]::new))
                .update();
    }
}
