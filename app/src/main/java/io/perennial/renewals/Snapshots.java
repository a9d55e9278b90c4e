package io.perennial.renewals;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps once what was expected of each term 90 days before it is due. A past that nobody looked at is not made up. */
@Component
class Snapshots {

    static final int DAYS_BEFORE = 90;

    /** A server that stood still for a week still takes what it missed. */
    private static final int LATE = 7;

    private final JdbcClient database;
    private final Clock clock;

    Snapshots(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @return how many were taken */
    @Transactional
    int take() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.sql("""
                insert into renewals.snapshot
                    (renewal_id, taken_on, due_on, currency, annual, chance, expected, call, settled)
                select r.id, :today, r.due_on, r.currency, r.annual, r.chance, %s, r.call, r.settled
                from (select r.*, %s as chance %s
                    where r.outcome = 'open' and r.due_on > :today + :before - :late and r.due_on <= :today + :before) r
                on conflict (renewal_id) do nothing
                """.formatted(Chance.callSql("r.chance"), Chance.SQL, RenewalRows.FROM))
                .param("today", today)
                .param("before", DAYS_BEFORE)
                .param("late", LATE)
                .update();
    }
}
