package io.perennial.events;

import io.perennial.identity.Viewer;
import io.perennial.usage.counting.Silences;
import io.perennial.usage.counting.Silences.Silence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** The sources as their list shows them. */
@Component
public class SourceList {

    /** Days of the little lines. */
    public static final int DAYS = 28;

    private final JdbcClient database;
    private final Sources sources;
    private final SourceActivity activity;
    private final Silences silences;
    private final Clock clock;

    SourceList(JdbcClient database, Sources sources, SourceActivity activity, Silences silences, Clock clock) {
        this.database = database;
        this.sources = sources;
        this.activity = activity;
        this.silences = silences;
        this.clock = clock;
    }

    /** How it is with a source now. */
    public enum State {
        WAITING,
        RECEIVING,
        PAUSING,
        SILENT,
        CLOSED
    }

    /**
     * @param accepted in the last 24 hours, and {@code refused}
     * @param lastAt of the last event that was taken
     * @param daily accepted on each of the last {@link #DAYS} days, oldest first, the last is today
     * @param silence that people were told of
     */
    public record Entry(
            Source source,
            State state,
            long accepted,
            long refused,
            @Nullable Instant lastAt,
            long[] daily,
            @Nullable Silence silence) {}

    /**
     * Open sources first, by name.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public List<Entry> entries(Viewer viewer) {
        List<Source> list = sources.list(viewer);
        Map<Integer, SourceActivity.Summary> summaries = activity.summaries(viewer).stream()
                .collect(Collectors.toMap(SourceActivity.Summary::source, Function.identity()));
        Map<String, Silence> silent =
                silences.open().stream().collect(Collectors.toMap(Silence::sourceRef, Function.identity()));
        Map<Integer, long[]> daily = daily();
        return list.stream()
                .map(source -> entry(
                        source,
                        summaries.get(source.id()),
                        silent.get(SilenceWatch.reference(source.id())),
                        daily.getOrDefault(source.id(), new long[DAYS])))
                .toList();
    }

    /** Empty when there is no such source. */
    public Optional<Entry> entry(Viewer viewer, int id) {
        return entries(viewer).stream()
                .filter(entry -> entry.source().id() == id)
                .findFirst();
    }

    private Entry entry(
            Source source, SourceActivity.@Nullable Summary summary, @Nullable Silence silence, long[] daily) {
        Silence told = silence != null && silence.told() ? silence : null;
        Instant lastAt = summary == null ? null : summary.lastAt();
        return new Entry(
                source,
                state(source, lastAt, told),
                summary == null ? 0 : summary.accepted(),
                summary == null ? 0 : summary.refused(),
                lastAt,
                daily,
                told);
    }

    private State state(Source source, @Nullable Instant lastAt, @Nullable Silence told) {
        if (source.closedAt() != null) {
            return State.CLOSED;
        }
        if (lastAt == null) {
            return State.WAITING;
        }
        if (told != null) {
            return State.SILENT;
        }
        return lastAt.isAfter(clock.instant().minus(Duration.ofDays(1))) ? State.RECEIVING : State.PAUSING;
    }

    private Map<Integer, long[]> daily() {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS - 1L);
        Map<Integer, long[]> daily = new HashMap<>();
        database.sql("""
                select source_id, (hour at time zone 'UTC')::date - cast(:first as date) as day, sum(accepted) as accepted
                from events.source_hour where hour >= :from group by 1, 2
                """)
                .param("first", first)
                .param("from", first.atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    int day = row.getInt("day");
                    if (day < DAYS) {
                        daily.computeIfAbsent(row.getInt("source_id"), id -> new long[DAYS])[day] =
                                row.getLong("accepted");
                    }
                });
        return daily;
    }
}
