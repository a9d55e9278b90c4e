package io.perennial.events;

import io.perennial.identity.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** The last events of a source with what became of each. */
@Component
public class SourceDebugger {

    private static final int LOOKED_AT = 500;

    private final JdbcClient database;
    private final SourceActivity activity;
    private final StoredSightings stored;
    private final Clock clock;

    SourceDebugger(JdbcClient database, SourceActivity activity, StoredSightings stored, Clock clock) {
        this.database = database;
        this.activity = activity;
        this.stored = stored;
        this.clock = clock;
    }

    /** What became of an event. */
    public enum Verdict {
        ACCEPTED("Accepted"),
        REFUSED("Refused"),
        UNRESOLVED("Account unresolved"),
        PARKED("Parked");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** @param reason in words, where there is something to say */
    public record Seen(
            Sighting event, Verdict verdict, @Nullable String reason) {}

    /**
     * Up to {@link SourceActivity#LAST}, the newest first. Those from before the start of the server are told without
     * remarks, and only as far as they are among the last of all sources.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public List<Seen> last(Viewer viewer, int source) {
        List<Sighting> last = last(activity.last(viewer, source), source);
        if (last.stream().noneMatch(Sighting::taken)) {
            return last.stream()
                    .map(sighting -> new Seen(sighting, Verdict.REFUSED, refusal(sighting)))
                    .toList();
        }
        Instant since = last.stream().map(Sighting::at).min(Instant::compareTo).orElseThrow();
        Map<Key, String> waiting = waiting(source, since);
        Map<Key, String> parked = parked(source, since);
        return last.stream().map(sighting -> seen(sighting, waiting, parked)).toList();
    }

    private List<Sighting> last(List<Sighting> remembered, int source) {
        if (remembered.size() == SourceActivity.LAST) {
            return remembered;
        }
        // The database keeps microseconds.
        Instant first = remembered.isEmpty()
                ? clock.instant()
                : remembered.getLast().at().truncatedTo(ChronoUnit.MICROS);
        List<Sighting> before = stored.before(first, source, SourceActivity.LAST - remembered.size());
        return Stream.concat(remembered.stream(), before.stream()).toList();
    }

    private static Seen seen(Sighting sighting, Map<Key, String> waiting, Map<Key, String> parked) {
        if (!sighting.taken()) {
            return new Seen(sighting, Verdict.REFUSED, refusal(sighting));
        }
        Key key = Key.of(sighting);
        String error = parked.get(key);
        if (error != null) {
            return new Seen(sighting, Verdict.PARKED, error);
        }
        String waits = waiting.get(key);
        return waits != null
                ? new Seen(sighting, Verdict.UNRESOLVED, waits)
                : new Seen(sighting, Verdict.ACCEPTED, remark(sighting.code()));
    }

    private static @Nullable String refusal(Sighting sighting) {
        return sighting.detail() == null ? sighting.code() : sighting.detail();
    }

    private static @Nullable String remark(@Nullable String code) {
        return switch (code) {
            case null -> null;
            case "future" -> "Its time lay in the future: the time of arrival counts.";
            case "too_old" -> "Its time lay before the year 2000.";
            case "nul_removed" -> "Characters that cannot be stored were replaced.";
            default -> code;
        };
    }

    /** What tells one sighting from another; repetitions share it, and their fate. */
    private record Key(
            @Nullable String kind,
            Instant occurredAt,
            @Nullable String user,
            @Nullable String account) {

        static Key of(Sighting sighting) {
            return new Key(sighting.kind(), sighting.occurredAt(), blank(sighting.user()), blank(sighting.account()));
        }

        static Key of(ResultSet row) throws SQLException {
            return new Key(
                    Kinds.word(row.getInt("kind")),
                    row.getTimestamp("occurred_at").toInstant(),
                    blank(row.getString("who")),
                    blank(row.getString("account_ref")));
        }

        private static @Nullable String blank(@Nullable String text) {
            return text == null || text.isEmpty() ? null : text;
        }
    }

    private Map<Key, String> waiting(int source, Instant since) {
        Map<Key, String> waiting = new HashMap<>();
        database.sql("""
                select kind, occurred_at, coalesce(nullif(user_ref, ''), anonymous_ref) as who, account_ref, waits_for,
                    waits_ref
                from events.unresolved
                where source_id = :source and received_on >= :day and received_at >= :since
                order by seq desc limit :most
                """)
                .param("source", source)
                .param("day", since.atOffset(ZoneOffset.UTC).toLocalDate())
                .param("since", since.minusMillis(1).atOffset(ZoneOffset.UTC))
                .param("most", LOOKED_AT)
                .query(row -> {
                    waiting.put(
                            Key.of(row),
                            UnresolvedEvents.Missing.of(row.getInt("waits_for")).words(row.getString("waits_ref")));
                });
        return waiting;
    }

    private Map<Key, String> parked(int source, Instant since) {
        Map<Key, String> parked = new HashMap<>();
        database.sql("""
                select i.kind, i.occurred_at, coalesce(nullif(i.user_ref, ''), i.anonymous_ref) as who, i.account_ref,
                    p.error
                from events.parked p join events.inbox i on i.seq = p.seq and i.received_on = p.received_on
                where p.source_id = :source and p.received_on >= :day order by p.seq desc limit :most
                """)
                .param("source", source)
                .param("day", since.atOffset(ZoneOffset.UTC).toLocalDate())
                .param("most", LOOKED_AT)
                .query(row -> {
                    parked.put(Key.of(row), row.getString("error"));
                });
        return parked;
    }
}
