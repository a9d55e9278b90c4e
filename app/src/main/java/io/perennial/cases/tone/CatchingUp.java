package io.perennial.cases.tone;

import io.perennial.accounts.Changes;
import io.perennial.platform.background.Loop;
import io.perennial.sentiment.Sentiment;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads messages that were there before the model was, or before this version of it: in batches, each with how far it came,
 * so that a restart goes on where it stood. That can be millions of them after an update, and nobody waits for it, so it rests as
 * long as it works. Once through, it only asks one row whether there is anything to do.
 */
@Component
class CatchingUp extends Loop {

    static final int BATCH = 1_000;
    private static final Duration DONE = Duration.ofHours(1);

    private final ToneRows rows;
    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Changes changes;
    private final Clock clock;

    CatchingUp(
            ToneRows rows,
            JdbcClient database,
            TransactionOperations transactions,
            Changes changes,
            Clock clock,
            @Value("${perennial.cases.tones:true}") boolean enabled) {
        super("case-tones", Duration.ofSeconds(30), enabled);
        this.rows = rows;
        this.database = database;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        Boolean more = transactions.execute(status -> batch());
        return Boolean.TRUE.equals(more) ? asLongAsSince(began) : DONE;
    }

    /** @return whether there may be more */
    boolean batch() {
        String model = Sentiment.version();
        database.sql("insert into cases.tone_reading (model) values (:model) on conflict do nothing")
                .param("model", model)
                .update();
        List<Reading> stands = database.sql("""
                select upto, finished_at is not null as finished from cases.tone_reading where model = :model
                for update skip locked
                """)
                .param("model", model)
                .query((row, number) ->
                        new Reading(Optional.ofNullable(row.getObject("upto", UUID.class)), row.getBoolean("finished")))
                .list();
        if (stands.isEmpty() || stands.getFirst().finished()) {
            return false;
        }
        List<ToneRows.Heard> next = rows.after(stands.getFirst().upto().orElse(null), BATCH);
        rows.read(next);
        boolean finished = next.size() < BATCH;
        database.sql("""
                update cases.tone_reading set upto = coalesce(cast(:upto as uuid), upto),
                    finished_at = case when :finished then cast(:now as timestamptz) end
                where model = :model
                """)
                .param("model", model)
                .param("upto", next.isEmpty() ? null : next.getLast().message())
                .param("finished", finished)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (finished) {
            markUpset();
        }
        return !finished;
    }

    /** Only what was said lately moves a measure. */
    private void markUpset() {
        changes.mark(database.sql("""
                select distinct c.account_id from cases.tone t join cases.support_case c on c.id = t.case_id
                where coalesce(t.corrected, t.said) and t.at >= cast(:since as timestamptz)
                """)
                .param("since", Timestamp.from(clock.instant().minus(Duration.ofDays(29))))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list());
    }

    private record Reading(Optional<UUID> upto, boolean finished) {}
}
