package io.perennial.events;

import io.perennial.events.Pauses.Hour;
import io.perennial.platform.live.Live;
import io.perennial.usage.counting.Silences;
import io.perennial.usage.counting.Silences.Silence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices that a source went silent and that it speaks again, and says so to those who read use. */
@Component
public class SilenceWatch {

    /** A source that has been silent for longer is known to be. */
    private static final Duration LOOKED_BACK = Duration.ofDays(180);

    private final JdbcClient database;
    private final Silences silences;
    private final Live live;
    private final Clock clock;

    SilenceWatch(JdbcClient database, Silences silences, Live live, Clock clock) {
        this.database = database;
        this.silences = silences;
        this.live = live;
        this.clock = clock;
    }

    /** What counts of a source bear as their reference. */
    static String reference(int source) {
        return "source:" + source;
    }

    private record Known(String name, boolean closed, List<Hour> hours) {}

    /** Looks at every source once; seeing the same twice changes nothing. */
    public void look() {
        Instant now = clock.instant();
        Map<String, Silence> open = new HashMap<>();
        silences.open().forEach(silence -> open.put(silence.sourceRef(), silence));
        sources().forEach((source, known) -> judge(reference(source), known, open.get(reference(source)), now));
    }

    private void judge(String reference, Known known, @Nullable Silence open, Instant now) {
        Pauses pauses = Pauses.of(known.hours(), silences.told(reference)).orElse(null);
        if (pauses == null) {
            return;
        }
        if (open != null && pauses.last().isAfter(open.since())) {
            silences.end(reference, pauses.last());
            changed();
            return;
        }
        if (open != null && open.told() && known.closed()) {
            silences.close(reference);
            changed();
            return;
        }
        Pauses.State state = pauses.at(now);
        if (state == Pauses.State.SPEAKS) {
            return;
        }
        if (open == null) {
            silences.begin(reference, known.name(), pauses.last(), known.closed());
        }
        if (state == Pauses.State.SILENT && !known.closed() && (open == null || !open.told())) {
            silences.tell(reference, now);
            changed();
        }
    }

    private void changed() {
        live.changed("sources");
        live.changed("today");
    }

    private Map<Integer, Known> sources() {
        Map<Integer, Known> sources = new LinkedHashMap<>();
        database.sql("select id, name, closed_at is not null as closed from events.source order by id")
                .query(row -> {
                    sources.put(
                            row.getInt("id"),
                            new Known(row.getString("name"), row.getBoolean("closed"), new ArrayList<>()));
                });
        database.sql("""
                select source_id, hour, last_at from events.source_hour
                where accepted > 0 and hour > :since order by source_id, hour
                """)
                .param("since", clock.instant().minus(LOOKED_BACK).atOffset(ZoneOffset.UTC))
                .query(row -> {
                    Known known = sources.get(row.getInt("source_id"));
                    if (known != null) {
                        known.hours()
                                .add(new Hour(
                                        row.getTimestamp("hour").toInstant(),
                                        row.getTimestamp("last_at").toInstant()));
                    }
                });
        return sources;
    }
}
