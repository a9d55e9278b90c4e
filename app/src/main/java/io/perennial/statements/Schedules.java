package io.perennial.statements;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How often customers of a segment get a statement. Until somebody says otherwise: every quarter. */
@Component
@Transactional
public class Schedules implements Undoable {

    public static final int USUALLY = 3;
    private static final String KIND = "statement-schedule";
    private static final List<Integer> MONTHS = List.of(0, 1, 3, 6, 12);

    private final JdbcClient database;
    private final Audit audit;
    private final Clock clock;

    Schedules(JdbcClient database, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param segment empty for customers of no segment that is named
     * @param months zero: never by themselves
     * @param said whether somebody said so
     */
    public record Schedule(String segment, int months, boolean said) {

        public String words() {
            return switch (months) {
                case 0 -> "never by themselves";
                case 1 -> "every month";
                case 3 -> "every quarter";
                case 6 -> "every half year";
                default -> "every year";
            };
        }
    }

    public static boolean mayWrite(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /** Of all segments that customers have, and of the rest. */
    @Transactional(readOnly = true)
    public List<Schedule> all() {
        return database.sql("""
                select k.segment, coalesce(s.months, d.months, :usually) as months, s.segment is not null as said
                from (select '' as segment union
                    (select distinct segment from accounts.account where segment is not null and segment <> '' order by 1 limit 100)
                    union select segment from statements.schedule) k
                left join statements.schedule s on s.segment = k.segment
                left join statements.schedule d on d.segment = ''
                order by k.segment = '' desc, k.segment
                """)
                .param("usually", USUALLY)
                .query((row, number) ->
                        new Schedule(row.getString("segment"), row.getInt("months"), row.getBoolean("said")))
                .list();
    }

    public @Nullable UUID set(String segment, int months, Viewer viewer) {
        if (!mayWrite(viewer)) {
            throw new AccessDeniedException("Leaders and administrators say how often customers get a statement.");
        }
        if (!MONTHS.contains(months)) {
            throw new StatementRefused("Choose every month, quarter, half year, year, or never.");
        }
        if (segment.length() > 200 || segment.indexOf('\0') >= 0) {
            throw new StatementRefused("There is no such segment.");
        }
        String before = state(segment);
        store(segment, months, viewer.name());
        String after = state(segment);
        if (Objects.equals(before, after)) {
            return null;
        }
        return audit.record(
                viewer.actor(),
                KIND,
                "Statements of " + (segment.isEmpty() ? "other customers" : segment) + ": "
                        + new Schedule(segment, months, true).words(),
                List.of(new ChangedThing(KIND, segment.isEmpty() ? "-" : segment, null, before, after)));
    }

    private void store(String segment, int months, String by) {
        database.sql("""
                insert into statements.schedule (segment, months, changed_at, changed_by) values (:segment, :months, :now, :by)
                on conflict (segment) do update set months = :months, changed_at = :now, changed_by = :by
                """)
                .param("segment", segment)
                .param("months", months)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
    }

    private @Nullable String state(String segment) {
        return database.sql("""
                select jsonb_build_object('segment', segment, 'months', months)::text from statements.schedule
                where segment = :segment
                """)
                .param("segment", segment)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public UndoResult undo(List<ChangedThing> things, Actor actor) {
        return UndoResult.of(things, thing -> {
            String segment = thing.id().equals("-") ? "" : thing.id();
            if (!Objects.equals(state(segment), thing.after())) {
                return "somebody changed the schedule since";
            }
            if (thing.before() == null) {
                database.sql("delete from statements.schedule where segment = :segment")
                        .param("segment", segment)
                        .update();
            } else {
                int months = database.sql("select (cast(:json as jsonb) ->> 'months')::int")
                        .param("json", thing.before())
                        .query(Integer.class)
                        .single();
                store(segment, months, actor.name());
            }
            return null;
        });
    }
}
