package io.perennial.playbooks;

import io.perennial.platform.live.Live;
import io.perennial.playbooks.Facts.Asked;
import io.perennial.playbooks.text.Playbook;
import io.perennial.playbooks.text.Program;
import io.perennial.playbooks.text.Program.Instruction;
import io.perennial.playbooks.text.Step;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes runs from step to step. What a step does and how far the run is are one transaction, so that a step acts once whatever
 * happens: a crash leaves neither or both. Runs are claimed with skip locked; several servers share the work.
 */
@Component
class Running {

    /** Runs of one transaction; each does few things. */
    static final int BATCH = 50;

    /** Attempts at a step that cannot be done, an hour apart, before the run is given up. */
    static final int MOST_TRIES = 5;

    private static final Duration TRY_AGAIN = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(Running.class);

    private final JdbcClient database;
    private final Playbooks playbooks;
    private final Facts facts;
    private final Doing doing;
    private final TransactionOperations transactions;
    private final Live live;
    private final Clock clock;

    Running(
            JdbcClient database,
            Playbooks playbooks,
            Facts facts,
            Doing doing,
            TransactionOperations transactions,
            Live live,
            Clock clock) {
        this.database = database;
        this.playbooks = playbooks;
        this.facts = facts;
        this.doing = doing;
        this.transactions = transactions;
        this.live = live;
        this.clock = clock;
    }

    /** A run that is held until the transaction ends. */
    record Due(
            UUID id,
            UUID playbook,
            String key,
            UUID account,
            String evidence,
            @Nullable UUID signal,
            boolean shadow,
            int position,
            @Nullable Instant waitsUntil,
            int tries,
            Playbook text) {}

    /** @return how many runs were moved; 0 when none is due */
    int advance() {
        List<UUID> taken = new ArrayList<>();
        try {
            transactions.executeWithoutResult(transaction -> {
                List<Due> due = claim(null);
                due.forEach(run -> taken.add(run.id()));
                step(due);
            });
        } catch (RuntimeException e) {
            if (taken.isEmpty() || passing(e)) {
                throw e;
            }
            // One of them is to blame: each alone finds it, and the others go on.
            taken.forEach(this::alone);
        }
        return taken.size();
    }

    private void alone(UUID id) {
        try {
            transactions.executeWithoutResult(transaction -> step(claim(id)));
        } catch (RuntimeException e) {
            if (passing(e)) {
                throw e;
            }
            log.warn("A step of playbook run {} could not be done", id, e);
            transactions.executeWithoutResult(transaction -> claim(id).forEach(run -> stumble(run, e)));
        }
    }

    /** Nobody's fault: the whole batch comes again. */
    private static boolean passing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException;
    }

    private void stumble(Due run, RuntimeException why) {
        String words = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        String told = words.length() > 300 ? words.substring(0, 299) + "…" : words;
        Instant now = clock.instant();
        if (run.tries() + 1 >= MOST_TRIES) {
            end(run, "failed", "Step " + (run.position() + 1) + " could not be done: " + told);
            return;
        }
        database.sql("update playbooks.run set tries = tries + 1, due_at = :next, because = :why where id = :id")
                .param("next", Timestamp.from(now.plus(TRY_AGAIN)))
                .param("why", "Step " + (run.position() + 1) + " is tried again: " + told)
                .param("id", run.id())
                .update();
    }

    private List<Due> claim(@Nullable UUID only) {
        return database.sql("""
                select r.*, p.key, v.text, coalesce(s.evidence, r.evidence) as known from playbooks.run r
                join playbooks.playbook p on p.id = r.playbook_id
                join playbooks.version v on v.id = r.version_id
                left join health.signal s on s.id = r.signal_id and s.state in ('open', 'acknowledged')
                where r.state = 'running' and r.due_at <= :now and p.state in ('active', 'shadow')
                """ + (only == null ? "" : " and r.id = :only")
                        + " order by r.due_at, r.id limit :most for update of r skip locked")
                .param("now", Timestamp.from(clock.instant()))
                .param("only", only)
                .param("most", BATCH)
                .query((row, number) -> due(row))
                .list();
    }

    private Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("playbook_id", UUID.class),
                row.getString("key"),
                row.getObject("account_id", UUID.class),
                row.getString("known"),
                row.getObject("signal_id", UUID.class),
                row.getBoolean("shadow"),
                row.getInt("position"),
                Playbooks.instant(row.getTimestamp("waits_until")),
                row.getInt("tries"),
                playbooks.parsed(row.getString("text")));
    }

    private void step(List<Due> due) {
        for (Due run : due) {
            Map<UUID, String> stopped =
                    facts.stopped(run.text(), List.of(new Asked(run.id(), run.account(), run.signal())));
            String why = stopped.get(run.id());
            if (why != null) {
                end(run, "exited", why);
            } else {
                go(run);
            }
            live.changed("account:" + new AccountId(run.account()));
        }
        if (!due.isEmpty()) {
            live.changed("playbooks");
        }
    }

    /** From step to step until one waits or the last is done. */
    private void go(Due run) {
        Program program = Program.of(run.text().steps());
        int position = run.position();
        Instant until = run.waitsUntil();
        Instant now = clock.instant();
        while (!program.isOver(position)) {
            Instruction one = program.at(position);
            switch (one.step()) {
                case Step.Wait wait -> {
                    Instant end = until == null ? now.plus(Duration.ofDays(wait.days())) : until;
                    if (end.isAfter(now)) {
                        waits(run, position, end);
                        return;
                    }
                    until = null;
                    position = one.next();
                }
                case Step.WaitUntil wait -> {
                    Instant end = until == null ? now.plus(Duration.ofDays(wait.atMostDays())) : until;
                    if (end.isAfter(now) && !came(run, wait)) {
                        waits(run, position, end);
                        return;
                    }
                    until = null;
                    position = one.next();
                }
                case Step.Branch branch ->
                    position = facts.hold(run.account(), branch.conditions()) ? one.next() : one.otherwise();
                default -> {
                    doing.act(run, position, one.step());
                    position = one.next();
                }
            }
        }
        database.sql("update playbooks.run set position = :position, waits_until = null where id = :id")
                .param("position", position)
                .param("id", run.id())
                .update();
        end(run, "finished", null);
    }

    private boolean came(Due run, Step.WaitUntil wait) {
        return wait.condition() == null
                ? facts.isClosed(run.signal())
                : facts.hold(run.account(), List.of(Objects.requireNonNull(wait.condition())));
    }

    private void waits(Due run, int position, Instant until) {
        database.sql("""
                update playbooks.run set position = :position, waits_until = :until, due_at = :until, tries = 0, because = null
                where id = :id
                """)
                .param("position", position)
                .param("until", Timestamp.from(until))
                .param("id", run.id())
                .update();
    }

    private void end(Due run, String state, @Nullable String because) {
        database.sql("""
                update playbooks.run set state = :state, ended_at = :now, because = :because, due_at = null, waits_until = null
                where id = :id
                """)
                .param("state", state)
                .param("now", Timestamp.from(clock.instant()))
                .param("because", because)
                .param("id", run.id())
                .update();
    }
}
