package io.perennial.engagement;

import io.perennial.accounts.Accounts;
import io.perennial.accounts.Changes;
import io.perennial.identity.Viewer;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What staff owe customers. Every verb leaves an audit row that can be undone, and returns the change's identity for
 * that. Doing again what is done already changes nothing and returns null.
 */
@Component
@Transactional
public class Tasks {

    static final String KIND = "task";
    private static final int TITLE_LENGTH = 300;
    private static final int TEXT_LENGTH = 4_000;

    private final JdbcClient database;
    private final TaskRows rows;
    private final Accounts accounts;
    private final Changes changes;
    private final Audit audit;
    private final Clock clock;

    Tasks(JdbcClient database, TaskRows rows, Accounts accounts, Changes changes, Audit audit, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.accounts = accounts;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param ownerId null for the viewer
     * @param signalId the signal that asks for it, or null
     */
    public record NewTask(
            String title,
            @Nullable String note,
            String kind,
            @Nullable LocalDate dueOn,
            @Nullable UUID ownerId,
            @Nullable UUID signalId) {

        public static NewTask of(String title, @Nullable LocalDate dueOn) {
            return new NewTask(title, null, "task", dueOn, null, null);
        }
    }

    /**
     * @param change for undo
     */
    public record Created(UUID task, UUID change) {}

    /** @throws IllegalArgumentException with a message for people when the title is empty or a text too long */
    public Created create(AccountId account, NewTask task, Viewer viewer) {
        requireWork(viewer);
        if (!accounts.isVisible(account, viewer)) {
            throw new NoSuchElementException("There is no such account in your portfolio.");
        }
        return add(account, task, task.ownerId() == null ? viewer.memberId() : task.ownerId(), viewer.actor());
    }

    /** What the product itself asks for; without an owner it stands with the account only. */
    public Created createFor(AccountId account, NewTask task, Actor actor) {
        return add(account, task, task.ownerId(), actor);
    }

    /**
     * The same, once for a cause, however often it is told, by however many at a time; also when somebody has undone the task.
     *
     * @param cause such as {@code departure:<contact>:<day>}
     * @return empty when the cause has had its task
     */
    public Optional<Created> createOnce(String cause, AccountId account, NewTask task, Actor actor) {
        UUID id = Ids.next();
        int first = database.sql("""
                insert into engagement.task_cause (cause, account_id, task_id, at) values (:cause, :account, :task, :now)
                on conflict do nothing
                """)
                .param("cause", cause)
                .param("account", account.value())
                .param("task", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return first == 0 ? Optional.empty() : Optional.of(add(id, account, task, task.ownerId(), actor));
    }

    /** @param task what is owed to this account, with its owner */
    public record Wanted(AccountId account, NewTask task) {}

    /**
     * Several at once, as one change.
     *
     * @return the change, for undo; null when nothing is wanted
     * @throws NoSuchElementException when one of the accounts is none of the viewer's; nothing is added then
     */
    public @Nullable UUID createAll(List<Wanted> wanted, String summary, Viewer viewer) {
        requireWork(viewer);
        List<ChangedThing> made = new ArrayList<>();
        for (Wanted one : wanted) {
            if (!accounts.isVisible(one.account(), viewer)) {
                throw new NoSuchElementException("There is no such account in your portfolio.");
            }
            UUID owner = one.task().ownerId() == null
                    ? viewer.memberId()
                    : one.task().ownerId();
            made.add(insert(Ids.next(), one.account(), one.task(), owner));
        }
        return made.isEmpty() ? null : audit.record(viewer.actor(), KIND, summary, made);
    }

    private Created add(AccountId account, NewTask task, @Nullable UUID owner, Actor actor) {
        return add(Ids.next(), account, task, owner, actor);
    }

    private Created add(UUID id, AccountId account, NewTask task, @Nullable UUID owner, Actor actor) {
        ChangedThing made = insert(id, account, task, owner);
        String summary = "Task \"" + task.title().strip() + "\" added";
        return new Created(id, audit.record(actor, KIND, summary, List.of(made)));
    }

    private ChangedThing insert(UUID id, AccountId account, NewTask task, @Nullable UUID owner) {
        String title = task.title().strip();
        if (title.isEmpty()) {
            throw new IllegalArgumentException("Say what is to be done.");
        }
        if (title.length() > TITLE_LENGTH || (task.note() != null && task.note().length() > TEXT_LENGTH)) {
            throw new IllegalArgumentException("A title has up to 300 characters, a note up to 4,000.");
        }
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                insert into engagement.task (id, account_id, title, note, kind, due_on, owner_id, signal_id,
                    created_at, updated_at)
                values (:id, :account, :title, :note, :kind, :due, :owner, :signal, :now, :now)
                """)
                .param("id", id)
                .param("account", account.value())
                .param("title", title)
                .param("note", task.note())
                .param("kind", task.kind().isBlank() ? "task" : task.kind())
                .param("due", task.dueOn())
                .param("owner", owner)
                .param("signal", task.signalId())
                .param("now", now)
                .update();
        changes.mark(List.of(account));
        return new ChangedThing(KIND, id.toString(), account, null, rows.snapshot(id));
    }

    /** @param outcome what came of it, in words, or null */
    public @Nullable UUID complete(UUID task, @Nullable String outcome, Viewer viewer) {
        return change(task, viewer, "done", """
                update engagement.task set done_at = :now, outcome = :text, updated_at = :now, version = version + 1
                where id = :id and done_at is null and cast(:day as date) is null
                """, shortened(outcome), null);
    }

    /** Hides the task until that day. */
    public @Nullable UUID snooze(UUID task, LocalDate until, @Nullable String reason, Viewer viewer) {
        if (!until.isAfter(LocalDate.ofInstant(clock.instant(), clock.getZone()))) {
            throw new IllegalArgumentException("Snooze until a day that is still to come.");
        }
        return change(task, viewer, "snoozed until " + until, """
                update engagement.task set snoozed_until = :day, snooze_reason = :text, updated_at = :now,
                    version = version + 1
                where id = :id and done_at is null and snoozed_until is distinct from :day
                """, shortened(reason), until);
    }

    public @Nullable UUID reopen(UUID task, Viewer viewer) {
        return change(task, viewer, "opened again", """
                update engagement.task set done_at = null, outcome = cast(:text as text), snoozed_until = :day,
                    updated_at = :now, version = version + 1
                where id = :id and (done_at is not null or snoozed_until is not null)
                """, null, null);
    }

    /**
     * Takes an open task away, for whoever asked for it and does no more.
     *
     * @return the change, or null when it is done already or gone
     */
    public @Nullable UUID withdraw(UUID task, Actor actor) {
        String before = rows.snapshot(task);
        Known open = known(
                database.sql(
                        "delete from engagement.task where id = :id and done_at is null returning account_id, title"),
                task);
        return open == null ? null : recorded(task, open, "withdrawn", before, null, actor);
    }

    /**
     * Done by what happened since: nobody has to do it any more.
     *
     * @param outcome what happened, in words
     * @return the change, or null when it is done already or gone
     */
    public @Nullable UUID settle(UUID task, String outcome, Actor actor) {
        String before = rows.snapshot(task);
        Known open = known(
                database.sql("""
                update engagement.task set done_at = :now, outcome = :text, updated_at = :now, version = version + 1
                where id = :id and done_at is null returning account_id, title
                """).param("text", shortened(outcome)).param("now", Timestamp.from(clock.instant())),
                task);
        return open == null ? null : recorded(task, open, "settled", before, rows.snapshot(task), actor);
    }

    private record Known(AccountId account, String title) {}

    private static @Nullable Known known(JdbcClient.StatementSpec taking, UUID task) {
        return taking.param("id", task)
                .query((row, number) -> new Known(new AccountId(row.getObject(1, UUID.class)), row.getString(2)))
                .optional()
                .orElse(null);
    }

    private UUID recorded(
            UUID task, Known open, String what, @Nullable String before, @Nullable String after, Actor actor) {
        changes.mark(List.of(open.account()));
        ChangedThing thing = new ChangedThing(KIND, task.toString(), open.account(), before, after);
        return audit.record(actor, KIND, "Task \"" + open.title() + "\" " + what, List.of(thing));
    }

    /** Open tasks of an account, most urgent first; snoozed ones at the end. */
    @Transactional(readOnly = true)
    public List<Task> openOf(AccountId account, Viewer viewer, LocalDate today) {
        return rows.open(account.value(), null, viewer, today, 200);
    }

    /** What a member owes and is not snoozed, over all accounts of the viewer's portfolio, most urgent first. */
    @Transactional(readOnly = true)
    public List<Task> openFor(UUID member, Viewer viewer, LocalDate today, int limit) {
        return rows.open(null, member, viewer, today, limit);
    }

    /** An open task of the viewer's portfolio. */
    @Transactional(readOnly = true)
    public Optional<Task> find(UUID task, Viewer viewer) {
        return rows.find(task, viewer);
    }

    private @Nullable UUID change(
            UUID id, Viewer viewer, String what, String update, @Nullable String text, @Nullable LocalDate day) {
        requireWork(viewer);
        TaskRows.Known known = rows.lock(id, viewer)
                .orElseThrow(() -> new NoSuchElementException("There is no such task in your portfolio."));
        String before = rows.snapshot(id);
        int changed = database.sql(update)
                .param("id", id)
                .param("text", text)
                .param("day", day)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (changed == 0) {
            return null;
        }
        changes.mark(List.of(known.account()));
        ChangedThing thing = new ChangedThing(KIND, id.toString(), known.account(), before, rows.snapshot(id));
        return audit.record(viewer.actor(), KIND, "Task \"" + known.title() + "\" " + what, List.of(thing));
    }

    private static void requireWork(Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts have tasks.");
        }
    }

    private static @Nullable String shortened(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > TEXT_LENGTH) {
            throw new IllegalArgumentException("Up to 4,000 characters.");
        }
        return text.strip();
    }
}
