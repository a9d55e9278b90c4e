package io.perennial.health;

import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people may change about a signal, and its state as the audit keeps it. */
@Component
class SignalCommands {

    /** The columns that people's commands change. */
    private static final String STATE = """
            jsonb_build_object('state', s.state, 'acknowledged_at', s.acknowledged_at,
                'acknowledged_by', s.acknowledged_by, 'snoozed_until', s.snoozed_until,
                'snooze_reason', s.snooze_reason, 'outcome', s.outcome, 'closed_at', s.closed_at,
                'closed_by', s.closed_by, 'closed_because', s.closed_because, 'cause_gone', s.cause_gone)
            """;

    private final JdbcClient database;

    SignalCommands(JdbcClient database) {
        this.database = database;
    }

    /** Locks the signal for the rest of the transaction. */
    String state(UUID id) {
        return database.sql("select (" + STATE + ")::text from health.signal s where s.id = :id for update")
                .param("id", id)
                .query(String.class)
                .single();
    }

    void acknowledge(UUID id, Actor actor, Instant now) {
        database.sql("""
                        update health.signal set state = 'acknowledged', acknowledged_at = :now, acknowledged_by = :by,
                            snoozed_until = null, snooze_reason = null
                        where id = :id
                        """)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("by", actor.name())
                .update();
    }

    void snooze(UUID id, LocalDate until, String reason, Instant now) {
        database.sql("""
                        update health.signal set state = 'snoozed', snoozed_until = :until, snooze_reason = :reason
                        where id = :id
                        """)
                .param("id", id)
                .param("until", until)
                .param("reason", reason)
                .update();
    }

    void done(UUID id, String outcome, Actor actor, Instant now) {
        database.sql("""
                        update health.signal set state = 'done', outcome = :outcome, closed_at = :now, closed_by = :by,
                            snoozed_until = null, snooze_reason = null, cause_gone = false
                        where id = :id
                        """)
                .param("id", id)
                .param("outcome", outcome)
                .param("now", Timestamp.from(now))
                .param("by", actor.name())
                .update();
    }

    /**
     * Puts the state before a command back.
     *
     * @return why not, in words; empty when it was restored
     */
    Optional<String> restore(UUID id, String before, String after) {
        int restored = database.sql("""
                        update health.signal s set state = b.state, acknowledged_at = b.acknowledged_at,
                            acknowledged_by = b.acknowledged_by, snoozed_until = b.snoozed_until,
                            snooze_reason = b.snooze_reason, outcome = b.outcome, closed_at = b.closed_at,
                            closed_by = b.closed_by, closed_because = b.closed_because, cause_gone = b.cause_gone
                        from jsonb_populate_record(null::health.signal, :before::jsonb) b
                        where s.id = :id and (%s) = :after::jsonb
                          and not exists (select from health.signal other
                                          where other.account_id = s.account_id and other.cause = s.cause
                                            and other.id <> s.id
                                            and other.state in ('open', 'acknowledged', 'snoozed'))
                        """.formatted(STATE))
                .param("id", id)
                .param("before", before)
                .param("after", after)
                .update();
        return restored > 0 ? Optional.empty() : Optional.of("The signal was changed again or has closed since.");
    }
}
