package io.perennial.identity.changes;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.audit.Undoable.UndoResult;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes changes back. An undo is a change of its own, with its own audit rows; the change and its undo point at each
 * other. A thing that was changed again since is left alone and named.
 */
@Component
public class Undo {

    private static final String TEAM = "team-members";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final ObjectProvider<Undoable> undoables;
    private final ObjectProvider<Live> live;

    Undo(
            JdbcClient database,
            TransactionTemplate transaction,
            Audit audit,
            ObjectProvider<Undoable> undoables,
            ObjectProvider<Live> live) {
        this.database = database;
        this.transaction = transaction;
        this.audit = audit;
        this.undoables = undoables;
        this.live = live;
    }

    /** Nothing was undone; the message says why. */
    public static final class NotUndone extends RuntimeException {
        NotUndone(String message) {
            super(message);
        }
    }

    /**
     * @param change the new change that the undo is
     * @param summary past sentence for the person
     */
    public record Undone(UUID change, String summary, int restored, List<String> leftAlone) {}

    /** Kinds that can be undone at all. */
    public Set<String> kinds() {
        return handlers().keySet();
    }

    /**
     * @throws NotUndone when the viewer may not, it is undone already, its kind cannot be undone, or nothing could be
     *     restored
     */
    public Undone undo(Viewer viewer, UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> take(viewer, id)));
    }

    /** The viewer's own latest change that can still be undone. */
    public Undone undoLast(Viewer viewer) {
        UUID last = database.sql("""
                select id from platform.change
                where actor_id = :member and undone_by is null and undoes is null and kind = any(:kinds)
                order by at desc, id desc limit 1
                """)
                .param("member", viewer.memberId())
                .param("kinds", kinds().toArray(String[]::new))
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NotUndone("There is no change of yours to undo."));
        return undo(viewer, last);
    }

    private Undone take(Viewer viewer, UUID id) {
        Stored stored = database.sql("""
                select actor_id, kind, summary, undone_by, undoes from platform.change where id = :id for update
                """)
                .param("id", id)
                .query((row, number) -> new Stored(
                        row.getObject("actor_id", UUID.class),
                        row.getString("kind"),
                        row.getString("summary"),
                        row.getObject("undone_by", UUID.class),
                        row.getObject("undoes", UUID.class)))
                .optional()
                .orElseThrow(() -> new NotUndone("There is no such change."));
        if (!mayUndo(viewer, stored.actor())) {
            throw new NotUndone("Only the person who made a change, a leader or an administrator may undo it.");
        }
        if (stored.undoneBy() != null) {
            throw new NotUndone("This change was undone already.");
        }
        Undoable handler = handlers().get(stored.kind());
        if (handler == null || stored.undoes() != null) {
            throw new NotUndone("A change of this kind cannot be undone.");
        }
        List<ChangedThing> things = things(id);
        if (viewer.role() != Role.ADMIN
                && things.stream().anyMatch(thing -> thing.type().equals(TEAM))) {
            throw new NotUndone("Changes of the team are undone by administrators only.");
        }
        UndoResult result = handler.undo(things, viewer.actor());
        if (result.restored() == 0) {
            throw new NotUndone("Nothing was undone: " + String.join("; ", result.leftAlone()) + ".");
        }
        UUID undo = Ids.next();
        String summary = "Undone: " + stored.summary();
        audit.record(undo, viewer.actor(), stored.kind(), summary, reversed(things, result));
        link(id, undo);
        live.ifAvailable(open -> open.changed("changes"));
        return new Undone(undo, summary, result.restored(), result.leftAlone());
    }

    static boolean mayUndo(Viewer viewer, @Nullable UUID actor) {
        return viewer.memberId().equals(actor) && viewer.role() != Role.READ_ONLY
                || viewer.role() == Role.ADMIN
                || viewer.role() == Role.LEADER;
    }

    private void link(UUID change, UUID undo) {
        database.sql("update platform.change set undone_by = :undo where id = :id")
                .param("undo", undo)
                .param("id", change)
                .update();
        database.sql("update platform.change set undoes = :id where id = :undo")
                .param("undo", undo)
                .param("id", change)
                .update();
    }

    private List<ChangedThing> things(UUID change) {
        return database.sql("""
                select thing_type, thing_id, account_id, before::text as before, after::text as after
                from platform.change_row where change_id = :id order by n
                """)
                .param("id", change)
                .query((row, number) -> {
                    UUID account = row.getObject("account_id", UUID.class);
                    return new ChangedThing(
                            row.getString("thing_type"),
                            row.getString("thing_id"),
                            account == null ? null : new AccountId(account),
                            row.getString("before"),
                            row.getString("after"));
                })
                .list();
    }

    /** When everything went back, the audit rows of the undo are those of the change, read backwards. */
    private static List<ChangedThing> reversed(List<ChangedThing> things, UndoResult result) {
        if (!result.leftAlone().isEmpty()) {
            return List.of();
        }
        return things.reversed().stream()
                .map(thing ->
                        new ChangedThing(thing.type(), thing.id(), thing.account(), thing.after(), thing.before()))
                .toList();
    }

    private Map<String, Undoable> handlers() {
        return undoables.stream().collect(Collectors.toMap(Undoable::kind, Function.identity()));
    }

    private record Stored(
            @Nullable UUID actor,
            String kind,
            String summary,
            @Nullable UUID undoneBy,
            @Nullable UUID undoes) {}
}
