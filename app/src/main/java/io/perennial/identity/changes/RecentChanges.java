package io.perennial.identity.changes;

import io.perennial.identity.Role;
import io.perennial.identity.SecurityLog;
import io.perennial.identity.Viewer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happened, newest first. Administrators and leaders see everybody's changes; others see their own. Security events
 * of other people are for administrators.
 */
@Component
public class RecentChanges {

    public static final int PAGE = 50;
    private static final int FIELDS_SHOWN = 12;
    private static final int TEXT_SHOWN = 120;

    private final JdbcClient database;
    private final Undo undo;

    RecentChanges(JdbcClient database, Undo undo) {
        this.database = database;
        this.undo = undo;
    }

    /** Where the next page starts. */
    public record Position(Instant at, UUID id) {}

    public record Page(List<Change> changes, Optional<Position> next) {}

    public record Person(UUID id, String name) {}

    /** What the list is about. */
    public enum About {
        ALL,
        /** What customers, signals and settings of health became. */
        DATA,
        /** Who signed in, was denied, or changed team and keys. */
        SECURITY
    }

    public static boolean seesEverybody(Viewer viewer) {
        return viewer.role() == Role.ADMIN || viewer.role() == Role.LEADER;
    }

    /**
     * @param person only changes of this member or key; null for all that the viewer may see
     * @param after the last change of the page before; null for the first page
     */
    public Page list(Viewer viewer, About about, @Nullable UUID person, @Nullable Position after) {
        Set<String> kinds = undo.kinds();
        List<Change> found = database.sql("""
                select c.id, c.at, c.actor_kind, c.actor_id, c.actor_name, c.kind, c.summary, c.undoes,
                    u.actor_name as undone_by_name,
                    (select count(*) from platform.change_row r where r.change_id = c.id) as things
                from platform.change c left join platform.change u on u.id = c.undone_by
                where (:everybody or c.actor_id = :member)
                    and (:administrator or c.kind <> :security or c.actor_id = :member)
                    and (:about = 'ALL' or (c.kind = :security) = (:about = 'SECURITY'))
                    and (cast(:person as uuid) is null or c.actor_id = :person)
                    and (cast(:after_at as timestamptz) is null or (c.at, c.id) < (:after_at, :after_id))
                order by c.at desc, c.id desc limit :limit
                """)
                .param("everybody", seesEverybody(viewer))
                .param("administrator", viewer.role() == Role.ADMIN)
                .param("security", SecurityLog.KIND)
                .param("member", viewer.memberId())
                .param("about", about.name())
                .param("person", person, Types.OTHER)
                .param("after_at", after == null ? null : Timestamp.from(after.at()), Types.TIMESTAMP)
                .param("after_id", after == null ? null : after.id(), Types.OTHER)
                .param("limit", PAGE + 1)
                .query((row, number) -> change(row, viewer, kinds))
                .list();
        boolean more = found.size() > PAGE;
        List<Change> shown = more ? found.subList(0, PAGE) : found;
        Optional<Position> next = more
                ? Optional.of(new Position(shown.getLast().at(), shown.getLast().id()))
                : Optional.empty();
        return new Page(withFields(shown), next);
    }

    /** People and keys that made changes, for the filter. */
    public List<Person> people(Viewer viewer) {
        if (!seesEverybody(viewer)) {
            return List.of();
        }
        return database.sql("""
                select id, name from identity.team_member where role <> 'READ_ONLY'
                union all select id, name from identity.api_key
                order by name limit 500
                """)
                .query((row, number) -> new Person(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    private static Change change(ResultSet row, Viewer viewer, Set<String> kinds) throws SQLException {
        String undoneBy = row.getString("undone_by_name");
        boolean isUndo = row.getObject("undoes") != null;
        boolean undoable = undoneBy == null
                && !isUndo
                && kinds.contains(row.getString("kind"))
                && Undo.mayUndo(viewer, row.getObject("actor_id", UUID.class));
        return new Change(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("actor_kind"),
                row.getString("actor_name"),
                row.getString("kind"),
                row.getString("summary"),
                row.getLong("things"),
                List.of(),
                undoneBy,
                isUndo,
                undoable);
    }

    private List<Change> withFields(List<Change> changes) {
        Map<UUID, List<Change.Field>> fields = new HashMap<>();
        database.sql("""
                select change_id, thing_type, name, before, after from (
                    select r.change_id, r.thing_type, key.name, r.before ->> key.name as before,
                        r.after ->> key.name as after,
                        row_number() over (partition by r.change_id order by r.n, key.name) as place
                    from unnest(cast(:ids as uuid[])) shown(id)
                    cross join lateral (
                        select * from platform.change_row where change_id = shown.id order by n limit :limit) r
                    cross join lateral (
                        select jsonb_object_keys(coalesce(r.before, '{}') || coalesce(r.after, '{}')) as name) key
                    where (r.before ->> key.name) is distinct from (r.after ->> key.name)) field
                where place <= :limit order by change_id, place
                """)
                .param("ids", changes.stream().map(Change::id).toArray(UUID[]::new))
                .param("limit", FIELDS_SHOWN)
                .query(row -> {
                    fields.computeIfAbsent(row.getObject("change_id", UUID.class), none -> new ArrayList<>())
                            .add(new Change.Field(
                                    row.getString("thing_type"),
                                    row.getString("name"),
                                    shortened(row.getString("before")),
                                    shortened(row.getString("after"))));
                });
        return changes.stream()
                .map(change -> new Change(
                        change.id(),
                        change.at(),
                        change.actorKind(),
                        change.actor(),
                        change.kind(),
                        change.summary(),
                        change.things(),
                        fields.getOrDefault(change.id(), List.of()),
                        change.undone(),
                        change.isUndo(),
                        change.undoable()))
                .toList();
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= TEXT_SHOWN ? text : text.substring(0, TEXT_SHOWN) + "…";
    }
}
