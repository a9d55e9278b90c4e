package io.perennial.programs;

import io.perennial.accounts.AccountIds;
import io.perennial.platform.background.Loop;
import io.perennial.shared.AccountId;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Judges all running terms anew when another day begins, a part of the accounts at a time; what changes in between, the database
 * judges with the change itself. Until a day is judged, reports judge for themselves.
 */
@Component
class Standings extends Loop {

    private static final int BATCH = 1_000;
    private static final int SUMS = 200;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration BUSY = Duration.ofMillis(100);

    private final JdbcClient database;
    private final Terms terms;
    private final TransactionOperations transactions;
    private final Clock clock;

    Standings(
            JdbcClient database,
            Terms terms,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.programs.watch:true}") boolean enabled) {
        super("standings", LOOK_AGAIN, enabled);
        this.database = database;
        this.terms = terms;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** How far the judgement of a day has come. */
    private record Progress(LocalDate day, @Nullable UUID upto, boolean done) {}

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Progress progress = progress();
        if (progress == null || !progress.day().equals(today)) {
            return begin(today) ? Duration.ZERO : BUSY;
        }
        if (progress.done()) {
            fold();
            return LOOK_AGAIN;
        }
        judge(progress.upto());
        // It rests as long as it works: others want to work at midnight, too.
        return asLongAsSince(began);
    }

    /** Judges everything for today at once. */
    void judgeAll() {
        while (!step().equals(LOOK_AGAIN)) {
            Thread.onSpinWait();
        }
    }

    private @Nullable Progress progress() {
        return database.sql("select day, upto, done from programs.standing_day")
                .query((row, number) -> new Progress(
                        row.getObject("day", LocalDate.class),
                        row.getObject("upto", UUID.class),
                        row.getBoolean("done")))
                .optional()
                .orElse(null);
    }

    /** From now on changes are judged by this day. Not while one is under way that was judged by the day before. */
    private boolean begin(LocalDate today) {
        return Objects.requireNonNullElse(
                transactions.execute(transaction -> {
                    boolean alone = database.sql("select pg_try_advisory_xact_lock(hashtext('perennial standing'))")
                            .query(Boolean.class)
                            .single();
                    if (alone) {
                        database.sql("""
                                insert into programs.standing_day (day) values (:today)
                                on conflict (only_one) do update set day = excluded.day, upto = null, done = false
                                """).param("today", today).update();
                    }
                    return alone;
                }),
                false);
    }

    private void judge(@Nullable UUID upto) {
        transactions.executeWithoutResult(transaction -> {
            List<AccountId> accounts = after(upto);
            terms.lock(accounts);
            database.sql("""
                    select programs.keep_standing(array(select id from programs.pot where account_id = any(:accounts)))
                    """).param("accounts", AccountIds.array(accounts)).query(row -> {});
            database.sql("update programs.standing_day set upto = coalesce(:upto, upto), done = :done")
                    .param(
                            "upto",
                            accounts.isEmpty() ? null : accounts.getLast().value(),
                            Types.OTHER)
                    .param("done", accounts.isEmpty())
                    .update();
        });
    }

    private List<AccountId> after(@Nullable UUID last) {
        return database.sql("""
                select distinct account_id from programs.pot where account_id > :last order by 1 limit :limit
                """)
                .param("last", last == null ? new UUID(0, 0) : last)
                .param("limit", BATCH)
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Many small sums become a few. */
    void fold() {
        long sums = database.sql("select count(*) from programs.standing_sum")
                .query(Long.class)
                .single();
        if (sums > SUMS) {
            database.sql("""
                    with taken as (delete from programs.standing_sum returning *)
                    insert into programs.standing_sum
                    select program_id, unit, title, currency, sum(terms), sum(priced), sum(granted), sum(used), sum(beyond),
                           sum(ahead), sum(under), sum(expected), sum(given), sum(owed)
                    from taken group by program_id, unit, title, currency having sum(terms) <> 0
                    """).update();
        }
    }
}
