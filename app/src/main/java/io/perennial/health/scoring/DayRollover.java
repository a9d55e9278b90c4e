package io.perennial.health.scoring;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A new day: readings are a day older, renewals a day nearer, snoozes may end. Marks every account once per UTC day,
 * also when the server was off at midnight, and seals the segment means on the first of the month.
 */
@Component
class DayRollover {

    private final JdbcClient database;
    private final ChangedQueue queue;
    private final Models models;
    private final NormsSealing sealing;
    private final Measures measures;
    private final TransactionOperations transactions;
    private final Clock clock;
    private volatile @Nullable LocalDate done;
    private volatile @Nullable LocalDate sealed;

    DayRollover(
            JdbcClient database,
            ChangedQueue queue,
            Models models,
            NormsSealing sealing,
            Measures measures,
            TransactionOperations transactions,
            Clock clock) {
        this.database = database;
        this.queue = queue;
        this.models = models;
        this.sealing = sealing;
        this.measures = measures;
        this.transactions = transactions;
        this.clock = clock;
    }

    void check() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        transactions.executeWithoutResult(transaction -> measures.seal(now, today));
        if (today.equals(done)) {
            return;
        }
        if (!rolledOver(today)) {
            sealing.sealMissing(now, models.inForce());
            transactions.executeWithoutResult(transaction -> {
                if (begin(today, now)) {
                    queue.markAll(now);
                }
            });
        }
        done = today;
    }

    /**
     * After the first accounts have come: until something is known about what is usual, everybody is compared with a
     * neutral mean, which explains little.
     */
    void sealFirstNorms() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (today.equals(sealed)) {
            return;
        }
        if (sealing.sealMissing(now, models.inForce())) {
            transactions.executeWithoutResult(transaction -> queue.markAll(now));
            sealed = today;
        } else if (!sealing.missing(now, models.inForce())) {
            sealed = today;
        }
    }

    private boolean begin(LocalDate today, Instant now) {
        return database.sql("insert into health.rolled_over (day, at) values (:day, :now) on conflict do nothing")
                        .param("day", Date.valueOf(today))
                        .param("now", Timestamp.from(now))
                        .update()
                > 0;
    }

    private boolean rolledOver(LocalDate today) {
        return database.sql("select exists (select from health.rolled_over where day = :day)")
                .param("day", Date.valueOf(today))
                .query(Boolean.class)
                .single();
    }
}
