package io.perennial.defects;

import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes defects: begun, described, and led from suspicion to release. Every change can be taken back. */
@Component
@Transactional
public class DefectEditing {

    private final JdbcClient database;
    private final DefectRows rows;
    private final DefectLog log;
    private final Affected affected;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    DefectEditing(
            JdbcClient database,
            DefectRows rows,
            DefectLog log,
            Affected affected,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.rows = rows;
        this.log = log;
        this.affected = affected;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param change by which it can be undone; null when nothing changed */
    public record Saved(UUID defect, @Nullable UUID change) {}

    /**
     * What it becomes. Fields that do not belong to the state are not looked at.
     *
     * @param day on which the fix is planned or was released; today when empty
     */
    public record Move(DefectState state, String workaround, String day, String release, String refusal) {}

    public static boolean mayWrite(Viewer viewer) {
        return viewer.role() == Role.SUPPORT || viewer.role().mayWork();
    }

    public static void requireWriter(Viewer viewer) {
        if (!mayWrite(viewer)) {
            throw new AccessDeniedException("Only people who work accounts or cases keep the register of defects.");
        }
    }

    /**
     * @param key of the form: sent twice it is one defect
     * @throws DefectRefused with what is wrong
     */
    public Saved create(DefectDraft typed, String key, Viewer viewer) {
        requireWriter(viewer);
        return create(typed, key, viewer.actor());
    }

    /** The same on behalf of the product. */
    public Saved create(DefectDraft typed, String key, Actor actor) {
        DefectDraft draft = typed.checked();
        if (key.isBlank() || key.length() > 80) {
            throw new DefectRefused("The form is not one of ours. Open it again.");
        }
        UUID id = Ids.next();
        Instant now = clock.instant();
        int written = database.sql("""
                insert into defects.defect (id, external_id, title, severity, found_at, created_at, updated_at)
                values (:id, :external, :title, :severity, :now, :now, :now) on conflict (external_id) do nothing
                """)
                .param("id", id)
                .param("external", "register-" + key)
                .param("title", draft.title())
                .param("severity", draft.severity())
                .param("now", Timestamp.from(now))
                .update();
        if (written == 0) {
            UUID known = database.sql("select id from defects.defect where external_id = :external")
                    .param("external", "register-" + key)
                    .query(UUID.class)
                    .single();
            return new Saved(known, null);
        }
        store(id, draft);
        Defect made = rows.find(id).orElseThrow();
        UUID change = audit.record(
                actor,
                DefectUndo.KIND,
                "Defect " + made.tag() + " " + made.title() + " registered",
                List.of(new ChangedThing(
                        DefectTable.DEFECT.type(), id.toString(), null, null, rows.snapshot(DefectTable.DEFECT, id))));
        log.write(id, "registered it", actor, change);
        live.changed("defects");
        return new Saved(id, change);
    }

    /**
     * @param seen version that the form showed
     * @throws DefectMoved when somebody changed it since
     */
    public @Nullable UUID edit(UUID id, int seen, DefectDraft typed, Viewer viewer) {
        requireWriter(viewer);
        DefectDraft draft = typed.checked();
        return change(id, seen, viewer.actor(), "changed what is said about it", now -> store(id, draft));
    }

    /** @throws DefectRefused when the state needs something that is missing */
    public @Nullable UUID move(UUID id, int seen, Move move, Viewer viewer) {
        requireWriter(viewer);
        return move(id, seen, move, viewer.actor());
    }

    @Nullable
    UUID move(UUID id, int seen, Move move, Actor actor) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate day = DefectDraft.day(move.day(), "the day");
        if (move.release().length() > 100
                || move.refusal().length() > 2_000
                || move.workaround().length() > 20_000) {
            throw new DefectRefused(
                    "A version has up to 100 characters, a reason up to 2,000, a workaround up to 20,000.");
        }
        if ((move.release() + move.refusal() + move.workaround()).indexOf('\0') >= 0) {
            throw new DefectRefused("The text has a character that cannot be stored. Type it again.");
        }
        return switch (move.state()) {
            case SUSPECTED, CONFIRMED -> change(id, seen, actor, said(move), now -> state(id, move));
            case KNOWN_ISSUE -> {
                if (move.workaround().isBlank()) {
                    throw new DefectRefused("A known issue needs a workaround: say what people can do meanwhile.");
                }
                yield change(id, seen, actor, said(move), now -> {
                    set(
                            id,
                            "workaround",
                            move.workaround().replace("\r\n", "\n").strip());
                    state(id, move);
                });
            }
            case FIX_PLANNED ->
                change(id, seen, actor, said(move), now -> {
                    set(id, "planned_for", day);
                    set(id, "fixed_in", move.release().strip());
                    state(id, move);
                });
            case FIXED -> {
                if (day != null && day.isAfter(today)) {
                    throw new DefectRefused("A fix that is still to come is planned. Choose Fix planned.");
                }
                yield change(id, seen, actor, said(move), now -> {
                    set(id, "fixed_on", day == null ? today : day);
                    set(id, "fixed_in", move.release().strip());
                    state(id, move);
                });
            }
            case WONT_FIX -> {
                if (move.refusal().isBlank()) {
                    throw new DefectRefused("Say why it will not be fixed: the customers will ask.");
                }
                yield change(id, seen, actor, said(move), now -> {
                    set(id, "refusal", move.refusal().strip());
                    state(id, move);
                });
            }
        };
    }

    private static String said(Move move) {
        String release = move.release().isBlank() ? "" : " (" + move.release().strip() + ")";
        boolean named = move.state() == DefectState.FIXED || move.state() == DefectState.FIX_PLANNED;
        return "set it to " + move.state().title() + (named ? release : "");
    }

    private void state(UUID id, Move move) {
        set(id, "state", move.state().key());
    }

    private void set(UUID id, String column, @Nullable Object value) {
        String cast = value == null || value instanceof LocalDate ? "cast(:value as date)" : ":value";
        database.sql("update defects.defect set " + column + " = " + cast + ", updated_at = :now where id = :id")
                .param("id", id)
                .param("value", value)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void store(UUID id, DefectDraft draft) {
        LocalDate found = DefectDraft.day(draft.foundOn(), "the day on which it was found");
        database.sql("""
                update defects.defect set title = :title, description = nullif(:description, ''), product = nullif(:product, ''),
                    feature = nullif(:feature, ''), cause = nullif(:cause, ''), severity = :severity,
                    workaround = case when :workaround = '' and state = 'known-issue' then workaround
                        else nullif(:workaround, '') end,
                    found_at = case when cast(:found as date) is null
                        or cast(:found as date) = (found_at at time zone 'UTC')::date then found_at
                        else least(cast(:found as date)::timestamp at time zone 'UTC', :now) end,
                    cost = :cost, cost_currency = case when cast(:cost as numeric) is null then null else :currency end,
                    cost_note = nullif(:note, '')
                where id = :id
                """)
                .param("id", id)
                .param("title", draft.title())
                .param("description", draft.description())
                .param("product", draft.product())
                .param("feature", draft.feature())
                .param("cause", draft.cause())
                .param("severity", draft.severity())
                .param("workaround", draft.workaround())
                .param("found", found)
                .param("now", Timestamp.from(clock.instant()))
                .param("cost", draft.money())
                .param("currency", draft.currency())
                .param("note", draft.costNote())
                .update();
    }

    /** @return null when nothing is different afterwards */
    private @Nullable UUID change(UUID id, int seen, Actor actor, String did, Consumer<Instant> work) {
        Defect known = rows.lock(id).orElseThrow(() -> new NoSuchElementException("There is no such defect."));
        String before = rows.snapshot(DefectTable.DEFECT, id);
        Instant now = clock.instant();
        work.accept(now);
        String after = rows.snapshot(DefectTable.DEFECT, id);
        if (Objects.equals(before, after)) {
            return null; // sent twice
        }
        if (known.version() != seen) {
            throw new DefectMoved(log.since(id, known.updatedAt().minusSeconds(1)));
        }
        database.sql("update defects.defect set version = version + 1, updated_at = :now where id = :id")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
        affected.mark(id);
        UUID change = audit.record(
                actor,
                DefectUndo.KIND,
                "Defect " + known.tag() + " " + known.title() + ": " + did,
                List.of(new ChangedThing(DefectTable.DEFECT.type(), id.toString(), null, before, after)));
        log.write(id, did, actor, change);
        live.changed("defects");
        live.changed("defect:" + id);
        return change;
    }
}
