package io.perennial.events;

import io.perennial.identity.Viewer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** How much a source sent in each hour and on each day, and how late it was. Hours and days without events are there too. */
@Component
public class SourceTraffic {

    public static final int HOURS = 48;
    public static final int DAYS = 28;

    private final JdbcClient database;
    private final Clock clock;

    SourceTraffic(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param from first instant of the UTC hour or day
     * @param delay mean of occurred to received; null without events
     */
    public record Span(
            Instant from,
            long accepted,
            long refused,
            @Nullable Duration delay) {}

    /**
     * What an app sent more than once, as retries do.
     *
     * @param events each message once
     * @param repeated the rest
     * @param conflicts those of repeated that have another kind, user, account or name than the first with their id, which
     *     is a fault in the app: the first one counts
     */
    public record Repeats(long events, long repeated, long conflicts) {}

    /**
     * Of the last {@link #DAYS} UTC days of arrival, as far as they have been read.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public Repeats repeats(Viewer viewer, int source) {
        Sources.onlyAdministrators(viewer);
        return database.sql("""
                select coalesce(sum(events), 0), coalesce(sum(repeated), 0), coalesce(sum(conflicts), 0)
                from events.source_day where source_id = :source and day > :before
                """)
                .param("source", source)
                .param(
                        "before",
                        clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(DAYS))
                .query((row, number) -> new Repeats(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /**
     * The last {@link #HOURS} hours, oldest first.
     *
     * @throws AccessDeniedException unless the viewer is an administrator
     */
    public List<Span> hours(Viewer viewer, int source) {
        return spans(viewer, source, ChronoUnit.HOURS, HOURS);
    }

    /** The last {@link #DAYS} UTC days, oldest first. */
    public List<Span> days(Viewer viewer, int source) {
        return spans(viewer, source, ChronoUnit.DAYS, DAYS);
    }

    private List<Span> spans(Viewer viewer, int source, ChronoUnit unit, int number) {
        Sources.onlyAdministrators(viewer);
        Instant first = clock.instant().truncatedTo(unit).minus(number - 1L, unit);
        Map<Instant, Span> known = new HashMap<>();
        database.sql("""
                select date_trunc(:unit, hour at time zone 'UTC') at time zone 'UTC' as span, sum(accepted) as accepted,
                    sum(refused) as refused, sum(delay_ms) as delay_ms
                from events.source_hour where source_id = :source and hour >= :first group by 1
                """)
                .param("unit", unit == ChronoUnit.HOURS ? "hour" : "day")
                .param("source", source)
                .param("first", first.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    Instant from = row.getTimestamp("span").toInstant();
                    long accepted = row.getLong("accepted");
                    long delay = row.getLong("delay_ms");
                    known.put(
                            from,
                            new Span(
                                    from,
                                    accepted,
                                    row.getLong("refused"),
                                    accepted == 0 ? null : Duration.ofMillis(delay / accepted)));
                });
        List<Span> spans = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            Instant from = first.plus(i, unit);
            spans.add(known.getOrDefault(from, new Span(from, 0, 0, null)));
        }
        return spans;
    }
}
