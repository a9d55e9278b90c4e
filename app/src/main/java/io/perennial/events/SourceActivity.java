package io.perennial.events;

import io.perennial.identity.Viewer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * What a source has just sent, for the people who connect it: the last events in memory since the start of the server,
 * the hours and the refusals from the database.
 */
@Component
public class SourceActivity {

    /** Events that are remembered of each source. */
    public static final int LAST = 100;

    private static final int MINUTES = 60;
    private static final Duration HOURS = Duration.ofDays(7);
    /** Above this many events a second, one of each request is enough for a look. */
    private static final int BUSY = 1_000;

    private final JdbcClient database;
    private final Clock clock;
    private final Map<Integer, Recent> recent = new ConcurrentHashMap<>();
    private final Set<Integer> untold = ConcurrentHashMap.newKeySet();

    SourceActivity(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Counts of one minute or hour. */
    public record Count(
            Instant from,
            long accepted,
            long refused,
            long bytes,
            @Nullable Duration meanDelay) {}

    /** @param excerpt the beginning of what was sent */
    public record RefusedEvent(Instant at, String reason, String excerpt) {}

    /** A source with what it sent in the last 24 hours and when it last sent anything. */
    public record Summary(
            int source,
            long accepted,
            long refused,
            @Nullable Instant lastAt) {}

    /**
     * The last events, the newest first; refused ones among them. Above 1,000 events a second one event of each request.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public List<Sighting> last(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        Recent known = recent.get(source);
        return known == null ? List.of() : known.last();
    }

    /** The last hour by minutes that had any event, the newest first, since the start of the server. */
    public List<Count> minutes(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        Recent known = recent.get(source);
        return known == null ? List.of() : known.minutes(clock.instant());
    }

    /** The last seven days by hours that had any event, the newest first. */
    public List<Count> hours(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select hour, accepted, refused, bytes, delay_ms from events.source_hour
                where source_id = :source and hour > :since order by hour desc
                """)
                .param("source", source)
                .param("since", Timestamp.from(clock.instant().minus(HOURS)))
                .query((row, number) -> count(
                        row.getTimestamp(1).toInstant(),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)))
                .list();
    }

    /** The last refusals, the newest first. */
    public List<RefusedEvent> refusals(Viewer viewer, int source, int limit) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select at, reason, excerpt from events.refusal where source_id = :source order by id desc limit :limit
                """)
                .param("source", source)
                .param("limit", limit)
                .query((row, number) ->
                        new RefusedEvent(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3)))
                .list();
    }

    /** Every source that ever sent anything, to see at a glance which has gone silent. */
    public List<Summary> summaries(Viewer viewer) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select source_id, coalesce(sum(accepted) filter (where hour > :since), 0),
                    coalesce(sum(refused) filter (where hour > :since), 0),
                    max(last_at) filter (where accepted > 0)
                from events.source_hour group by source_id order by source_id
                """)
                .param("since", Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                .query((row, number) -> new Summary(
                        row.getInt(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getTimestamp(4) == null ? null : row.getTimestamp(4).toInstant()))
                .list();
    }

    /** How many accepted events of a request are worth a sighting just now. */
    public int sightingsWanted(int source) {
        Recent known = recent.get(source);
        return known != null && known.isBusy(clock.instant()) ? 1 : LAST;
    }

    /** Told by the entrance once a request has been decided about, and committed where there was something to commit. */
    public void saw(
            int source, Instant at, List<Sighting> sightings, long accepted, long refused, long bytes, long delayMs) {
        recent.computeIfAbsent(source, id -> new Recent()).add(at, sightings, accepted, refused, bytes, delayMs);
        untold.add(source);
    }

    /** The sources of which something was seen since the last call. */
    Set<Integer> news() {
        Set<Integer> news = Set.copyOf(untold);
        untold.removeAll(news);
        return news;
    }

    private static Count count(Instant from, long accepted, long refused, long bytes, long delayMs) {
        return new Count(from, accepted, refused, bytes, accepted == 0 ? null : Duration.ofMillis(delayMs / accepted));
    }

    private static final class Recent {

        private final Deque<Sighting> last = new ArrayDeque<>();
        /** The newest first. */
        private final Deque<Minute> minutes = new ArrayDeque<>();

        private long second;
        private long inSecond;

        private static final class Minute {
            private final long minute;
            private long accepted;
            private long refused;
            private long bytes;
            private long delayMs;

            private Minute(long minute) {
                this.minute = minute;
            }
        }

        private synchronized void add(
                Instant at, List<Sighting> sightings, long accepted, long refused, long bytes, long delayMs) {
            for (Sighting sighting : sightings) {
                last.addFirst(sighting);
                if (last.size() > LAST) {
                    last.removeLast();
                }
            }
            inSecond = (at.getEpochSecond() == second ? inSecond : 0) + accepted + refused;
            second = at.getEpochSecond();
            long number = Math.floorDiv(at.getEpochSecond(), 60);
            Minute minute = minutes.peekFirst();
            if (minute == null || minute.minute < number) {
                minute = new Minute(number);
                minutes.addFirst(minute);
                if (minutes.size() > MINUTES) {
                    minutes.removeLast();
                }
            }
            minute.accepted += accepted;
            minute.refused += refused;
            minute.bytes += bytes;
            minute.delayMs += delayMs;
        }

        private synchronized boolean isBusy(Instant now) {
            return now.getEpochSecond() == second && inSecond > BUSY;
        }

        private synchronized List<Sighting> last() {
            return List.copyOf(last);
        }

        private synchronized List<Count> minutes(Instant now) {
            long oldest = Math.floorDiv(now.getEpochSecond(), 60) - MINUTES;
            List<Count> counts = new ArrayList<>();
            for (Minute minute : minutes) {
                if (minute.minute > oldest) {
                    counts.add(count(
                            Instant.ofEpochSecond(minute.minute * 60),
                            minute.accepted,
                            minute.refused,
                            minute.bytes,
                            minute.delayMs));
                }
            }
            return counts;
        }
    }
}
