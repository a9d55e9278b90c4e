package io.perennial.playbooks;

import io.perennial.engagement.Tasks;
import io.perennial.identity.Viewer;
import io.perennial.mail.Outbox;
import io.perennial.platform.audit.Audit;
import io.perennial.platform.audit.ChangedThing;
import io.perennial.platform.live.Live;
import io.perennial.playbooks.text.Step.AccountField;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a run back: open tasks are withdrawn, letters and calls that nobody tried to send yet too, fields get back what they had
 * unless somebody changed them since. What cannot be taken back is named. The run itself stays as a mark, so that its episode does
 * not start again; everything else is in the audit.
 */
@Component
public class RunUndo {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 1_000;

    private final JdbcClient database;
    private final Tasks tasks;
    private final Outbox outbox;
    private final Doing doing;
    private final Customers customers;
    private final Webhooks webhooks;
    private final Audit audit;
    private final Live live;
    private final Clock clock;

    RunUndo(
            JdbcClient database,
            Tasks tasks,
            Outbox outbox,
            Doing doing,
            Customers customers,
            Webhooks webhooks,
            Audit audit,
            Live live,
            Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.outbox = outbox;
        this.doing = doing;
        this.customers = customers;
        this.webhooks = webhooks;
        this.audit = audit;
        this.live = live;
        this.clock = clock;
    }

    private record Known(
            UUID id, String name, UUID account, String accountName, String externalId, String state, boolean shadow) {}

    private record Done(
            int position,
            String kind,
            List<UUID> things,
            @Nullable String field,
            @Nullable String before,
            @Nullable String after) {}

    /** @return what was taken back and what could not be, in a sentence */
    @Transactional
    public String undo(UUID run, Viewer viewer) {
        if (!viewer.role().mayWork()) {
            throw new AccessDeniedException("Only people who work accounts take back what a playbook did.");
        }
        return undo(locked(run, viewer.everything(), viewer.memberId()), viewer.actor());
    }

    /** For a program, which sees the whole company. */
    @Transactional
    public String undo(UUID run, Actor actor) {
        return undo(locked(run, true, new UUID(0, 0)), actor);
    }

    /** Every run of the playbook that began since that moment, at most 1,000. @return in a sentence */
    @Transactional
    public String undoSince(String playbook, java.time.Instant since, Actor actor) {
        List<UUID> runs = database.sql("""
                select r.id from playbooks.run r join playbooks.playbook p on p.id = r.playbook_id
                where p.key = :key and r.started_at >= :since and r.state not in ('undone', 'held_out') and not r.shadow
                order by r.started_at desc, r.id limit :most
                """)
                .param("key", playbook)
                .param("since", Timestamp.from(since))
                .param("most", MOST)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        List<String> left = new ArrayList<>();
        for (UUID run : runs) {
            Known known = locked(run, true, new UUID(0, 0));
            String rest = takeBack(known, actor);
            if (!rest.isEmpty()) {
                left.add(known.accountName() + " (" + rest + ")");
            }
        }
        return runs.size() + (runs.size() == 1 ? " run" : " runs") + " taken back."
                + (left.isEmpty()
                        ? ""
                        : " What cannot be taken back: " + String.join(", ", left.subList(0, Math.min(10, left.size())))
                                + (left.size() > 10 ? " and " + (left.size() - 10) + " more." : "."));
    }

    private Known locked(UUID run, boolean everything, UUID member) {
        return database.sql("""
                select r.id, v.name, r.account_id, a.name as account_name, a.external_id, r.state, r.shadow
                from playbooks.run r join playbooks.version v on v.id = r.version_id
                join accounts.account a on a.id = r.account_id
                where r.id = :run and (:everything or a.owner_id = :member) for update of r
                """)
                .param("run", run)
                .param("everything", everything)
                .param("member", member)
                .query((row, number) -> new Known(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7)))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("There is no such run in your portfolio."));
    }

    private String undo(Known run, Actor actor) {
        if (run.state().equals("undone")) {
            return "It was taken back already.";
        }
        String rest = takeBack(run, actor);
        return "What \"" + run.name() + "\" did at " + run.accountName() + " is taken back."
                + (rest.isEmpty() ? "" : " What cannot be taken back: " + rest + ".");
    }

    private String takeBack(Known run, Actor actor) {
        List<String> rest = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Done act : acts(run.id())) {
            takeBack(run, act, actor, rest);
            words.add(act.kind());
        }
        database.sql("delete from playbooks.act where run_id = :run")
                .param("run", run.id())
                .update();
        String left = String.join(", ", rest);
        database.sql("""
                update playbooks.run set state = 'undone', ended_at = :now, due_at = null, waits_until = null, because = :because
                where id = :run
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param(
                        "because",
                        "Taken back by " + actor.name() + (left.isEmpty() ? "." : "; not taken back: " + left + "."))
                .param("run", run.id())
                .update();
        audit.record(
                actor,
                "playbook-run",
                "Run of playbook \"" + run.name() + "\" at " + run.accountName() + " taken back",
                List.of(new ChangedThing(
                        "playbook-run",
                        run.id().toString(),
                        new AccountId(run.account()),
                        JSON.writeValueAsString(Map.of("state", run.state(), "acts", words)),
                        JSON.writeValueAsString(Map.of("state", "undone", "left", rest)))));
        live.changed("playbooks");
        live.changed("account:" + new AccountId(run.account()));
        return left;
    }

    private void takeBack(Known run, Done act, Actor actor, List<String> rest) {
        switch (act.kind()) {
            case "task" -> {
                for (UUID task : act.things()) {
                    if (tasks.withdraw(task, actor) == null) {
                        rest.add("a task that is done");
                    }
                }
            }
            case "mail", "notice" -> {
                long gone = act.things().stream()
                        .filter(letter -> !outbox.recall(letter))
                        .count();
                if (gone > 0) {
                    rest.add(gone == 1 ? "a letter that was sent" : gone + " letters that were sent");
                }
            }
            case "field" -> field(run, act, rest);
            case "webhook" -> {
                String called = webhooks.withdraw(run.id(), act.position());
                if (called != null) {
                    rest.add(called);
                }
            }
            default -> {
                // Waits and branches leave nothing.
            }
        }
    }

    private void field(Known run, Done act, List<String> rest) {
        AccountField field = Arrays.stream(AccountField.values())
                .filter(one -> one.column().equals(act.field()))
                .findFirst()
                .orElse(null);
        if (field == null) {
            return;
        }
        if (!Objects.equals(customers.field(run.account(), field), act.after())) {
            rest.add(field.title() + ", which somebody changed since");
            return;
        }
        doing.write(run.externalId(), field, act.before(), run.name());
    }

    private List<Done> acts(UUID run) {
        return database.sql("""
                select position, kind, things, field, before, after from playbooks.act where run_id = :run order by position desc
                """)
                .param("run", run)
                .query((row, number) -> done(row))
                .list();
    }

    private static Done done(ResultSet row) throws SQLException {
        Array things = row.getArray("things");
        return new Done(
                row.getInt("position"),
                row.getString("kind"),
                things == null ? List.of() : List.of((UUID[]) things.getArray()),
                row.getString("field"),
                row.getString("before"),
                row.getString("after"));
    }
}
