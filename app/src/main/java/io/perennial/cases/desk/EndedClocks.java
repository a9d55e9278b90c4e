package io.perennial.cases.desk;

import io.perennial.platform.background.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts the clocks of cases that were over when they came in, once each: figures ask whether their promises were kept. That can
 * be a million of them after an import, and nobody waits for it, so it rests at least as long as it works.
 */
@Component
class EndedClocks extends Loop {

    /** Small, so that a server that stops waits for a moment only. */
    static final int BATCH = 200;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final CaseClockwork clocks;
    private final TransactionOperations transactions;

    EndedClocks(
            JdbcClient database,
            CaseClockwork clocks,
            TransactionOperations transactions,
            @Value("${perennial.cases.clocks:true}") boolean enabled) {
        super("ended-clocks", LOOK_AGAIN, enabled);
        this.database = database;
        this.clocks = clocks;
        this.transactions = transactions;
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        if (count() == 0) {
            return LOOK_AGAIN;
        }
        return asLongAsSince(began);
    }

    /** The latest of them, and takes them off the list in the same transaction. @return how many were taken */
    int count() {
        Integer taken = transactions.execute(transaction -> {
            List<UUID> cases = database.sql("""
                    delete from cases.uncounted where (opened_at, case_id) in (
                        select opened_at, case_id from cases.uncounted
                        order by opened_at desc, case_id desc limit :batch for update skip locked)
                    returning case_id
                    """)
                    .param("batch", BATCH)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list();
            clocks.countEnded(cases);
            return cases.size();
        });
        return Objects.requireNonNullElse(taken, 0);
    }
}
