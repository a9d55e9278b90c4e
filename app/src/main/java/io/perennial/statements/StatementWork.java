package io.perennial.statements;

import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.audit.Undoable;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Drafts statements, and writes down what people decide about them. Each decision can be undone; versions stay. */
@Component
@Transactional
public class StatementWork implements Undoable {

    private static final String KIND = "statement";
    private static final int LONGEST_NOTE = 4_000;
    private static final String COLUMNS = "state, number, note, approved_at, approved_by";

    private final JdbcClient database;
    private final Statements statements;
    private final Figures figures;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    StatementWork(JdbcClient database, Statements statements, Figures figures, Audit audit, Live live, Clock clock) {
        this.database = database;
        this.statements = statements;
        this.figures = figures;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    /** @param change by which it can be undone; null when nothing changed */
    public record Done(UUID statement, @Nullable UUID change) {}

    public static boolean mayWrite(Viewer viewer) {
        return viewer.role().mayWork();
    }

    static void require(Viewer viewer) {
        if (!mayWrite(viewer)) {
            throw new AccessDeniedException("Only people who work accounts write statements.");
        }
    }

    /** One customer's statement of a period; asked for twice it is one. */
    public Done draft(AccountId account, @Nullable LocalDate from, @Nullable LocalDate last, Viewer viewer) {
        require(viewer);
        if (!statements.visible(account, viewer)) {
            throw new NoSuchElementException("There is no such customer among yours.");
        }
        Period period = Period.checked(from, last, statements.today());
        UUID known = statements.of(account, period).orElse(null);
        if (known != null) {
            return new Done(known, null);
        }
        draft(List.of(account.value()), period, viewer.actor());
        UUID id = statements.of(account, period).orElseThrow();
        UUID change = audit.record(
                viewer.actor(),
                KIND,
                "Statement of " + Period.words(period.from(), period.until()) + " drafted",
                List.of(new ChangedThing(KIND, id.toString(), account, null, state(id))));
        live.changed("statements");
        return new Done(id, change);
    }

    /**
     * Drafts for many, in the caller's transaction or its own. Whoever has one of the period keeps it.
     *
     * @return how many are new
     */
    int draft(List<UUID> accounts, Period period, Actor actor) {
        List<UUID> missing = database.sql("""
                select k.id from unnest(:accounts) k (id)
                where not exists (select from statements.statement s
                    where s.account_id = k.id and s.from_day = :from and s.until_day = :until)
                """)
                .param("accounts", accounts.toArray(UUID[]::new))
                .param("from", period.from())
                .param("until", period.until())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        if (missing.isEmpty()) {
            return 0;
        }
        Map<UUID, List<Line>> lines = figures.of(missing, period.from(), period.until());
        return database.sql("""
                with fresh as (
                    insert into statements.statement (id, account_id, from_day, until_day, created_at, created_by, updated_at)
                    select k.id, k.account, :from, :until, cast(:now as timestamptz), :by, cast(:now as timestamptz)
                    from unnest(:ids, :accounts) k (id, account)
                    on conflict (account_id, from_day, until_day) do nothing
                    returning id
                ), kept as (
                    insert into statements.version (statement_id, number, lines, made_at, made_by)
                    select k.id, 1, k.lines, cast(:now as timestamptz), :by
                    from unnest(:ids, :lines::jsonb[]) k (id, lines) join fresh f on f.id = k.id
                    returning 1
                )
                select count(*) from kept
                """)
                .param("ids", missing.stream().map(one -> Ids.next()).toArray(UUID[]::new))
                .param("accounts", missing.toArray(UUID[]::new))
                .param(
                        "lines",
                        missing.stream()
                                .map(one -> StatementRows.json(Objects.requireNonNull(lines.get(one))))
                                .toArray(String[]::new))
                .param("from", period.from())
                .param("until", period.until())
                .param("now", Timestamp.from(clock.instant()))
                .param("by", actor.name())
                .query(Integer.class)
                .single();
    }

    private Statement writable(UUID id, Viewer viewer) {
        require(viewer);
        // First held, then read: what was read before might be what somebody else just changed.
        database.sql("select id from statements.statement where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional();
        return statements
                .find(id, null, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such statement in your portfolio."));
    }

    /** Works the figures out anew, as a further version; the ones before stay. A draft again, when they differ. */
    public @Nullable UUID renew(UUID id, Viewer viewer) {
        Statement known = writable(id, viewer);
        List<Line> lines = statements.preview(known.account(), new Period(known.from(), known.until()));
        if (StatementRows.lines(StatementRows.json(lines)).equals(known.lines())) {
            return null;
        }
        return changed(known, "worked out anew", viewer, () -> {
            int number = database.sql("""
                    insert into statements.version (statement_id, number, lines, made_at, made_by)
                    select :id, max(number) + 1, cast(:lines as jsonb), :now, :by from statements.version where statement_id = :id
                    returning number
                    """)
                    .param("id", id)
                    .param("lines", StatementRows.json(lines))
                    .param("now", Timestamp.from(clock.instant()))
                    .param("by", viewer.name())
                    .query(Integer.class)
                    .single();
            database.sql("""
                    update statements.statement set number = :number, state = 'draft', approved_at = null, approved_by = null
                    where id = :id
                    """).param("id", id).param("number", number).update();
        });
    }

    /** What we add in our words; a statement that was approved or sent has to be opened again first. */
    public @Nullable UUID note(UUID id, int seen, String typed, Viewer viewer) {
        String note = typed.replace("\r\n", "\n").strip();
        if (note.length() > LONGEST_NOTE || note.indexOf('\0') >= 0) {
            throw new StatementRefused("A note has up to 4,000 characters.");
        }
        Statement known = writable(id, viewer);
        if (note.equals(known.note())) {
            return null;
        }
        if (!known.isDraft()) {
            throw new StatementRefused("It is approved. Open it again to change what it says.");
        }
        if (known.version() != seen) {
            throw new StatementRefused("Somebody else changed this statement meanwhile. Nothing of yours was kept.");
        }
        return changed(
                known,
                "note written",
                viewer,
                () -> database.sql("update statements.statement set note = nullif(:note, '') where id = :id")
                        .param("id", id)
                        .param("note", note)
                        .update());
    }

    /** Somebody looked at it, and stands for it. */
    public @Nullable UUID approve(UUID id, int seen, Viewer viewer) {
        Statement known = writable(id, viewer);
        if (!known.isDraft()) {
            return null;
        }
        if (known.version() != seen) {
            throw new StatementRefused(
                    "Somebody else changed this statement meanwhile. Look at it again before you approve it.");
        }
        return changed(
                known,
                "approved",
                viewer,
                () -> database.sql("""
                update statements.statement set state = 'approved', approved_at = :now, approved_by = :by where id = :id
                """)
                        .param("id", id)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("by", viewer.name())
                        .update());
    }

    /** A draft again. What was sent stays sent. */
    public @Nullable UUID reopen(UUID id, Viewer viewer) {
        Statement known = writable(id, viewer);
        return changed(
                known,
                "opened again",
                viewer,
                () -> database.sql("""
                update statements.statement set state = 'draft', approved_at = null, approved_by = null where id = :id
                """).param("id", id).update());
    }

    private @Nullable UUID changed(Statement known, String did, Viewer viewer, Runnable work) {
        String before = state(known.id());
        work.run();
        String after = state(known.id());
        if (Objects.equals(before, after)) {
            return null;
        }
        touch(known.id());
        return audit.record(
                viewer.actor(),
                KIND,
                "Statement of " + known.accountName() + ", " + known.period() + ": " + did,
                List.of(new ChangedThing(KIND, known.id().toString(), known.account(), before, after)));
    }

    private void touch(UUID id) {
        database.sql("update statements.statement set version = version + 1, updated_at = :now where id = :id")
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        live.changed("statements");
        live.changed("statement:" + id);
    }

    private @Nullable String state(UUID id) {
        return database.sql("select to_jsonb(f)::text from (select " + COLUMNS
                        + " from statements.statement where id = :id) f")
                .param("id", id)
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
            UUID id = UUID.fromString(thing.id());
            if (!Objects.equals(state(id), thing.after())) {
                return "somebody went on with the statement since";
            }
            int rows = thing.before() == null
                    ? database.sql("""
                            delete from statements.statement s where s.id = :id
                              and not exists (select from statements.sending x where x.statement_id = s.id)
                            """).param("id", id).update()
                    : database.sql("update statements.statement s set (" + COLUMNS + ") = (select " + COLUMNS
                                    + " from jsonb_populate_record(null::statements.statement, cast(:before as jsonb)))"
                                    + " where s.id = :id")
                            .param("id", id)
                            .param("before", thing.before())
                            .update();
            touch(id);
            return rows == 1 ? null : "it was sent meanwhile";
        });
    }
}
