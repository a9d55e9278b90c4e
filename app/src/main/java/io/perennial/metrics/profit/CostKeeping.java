package io.perennial.metrics.profit;

import io.perennial.platform.background.Loop;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps what each customer costs in each month: counts again what changed, the latest months first, some hundred pairs at a time,
 * and rests as long as it works. Readers count changed pairs for themselves while they are few; while they are many they read what
 * is kept and say so.
 */
@Component
class CostKeeping extends Loop {

    private static final int BATCH = 1_000;
    private static final String PAIRS = "unnest(:accounts, cast(:months as date[])) as p (account_id, month)";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final TransactionOperations transactions;

    CostKeeping(
            JdbcClient database,
            TransactionOperations transactions,
            @Value("${perennial.metrics.costs:true}") boolean enabled) {
        super("costs-by-customer", LOOK_AGAIN, enabled);
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        Boolean worked = transactions.execute(transaction -> said() || keep());
        return Boolean.TRUE.equals(worked) ? asLongAsSince(began) : LOOK_AGAIN;
    }

    /** Counts everything that is to be counted. */
    void keepAll() {
        while (!step().equals(LOOK_AGAIN)) {
            Thread.onSpinWait();
        }
    }

    /** Another rate marks every month since. */
    private boolean said() {
        return database.sql("""
                with taken as (delete from metrics.costs_said returning from_month)
                select metrics.mark_costs(min(from_month)) is null from taken having count(*) > 0
                """).query(Boolean.class).optional().isPresent();
    }

    private boolean keep() {
        List<Object[]> pairs = database.sql("""
                select distinct account_id, month from metrics.cost_changed order by month desc, account_id limit :batch
                """)
                .param("batch", BATCH)
                .query((row, number) -> new Object[] {row.getObject(1, UUID.class), row.getString(2)})
                .list();
        if (pairs.isEmpty()) {
            return false;
        }
        UUID[] accounts = pairs.stream().map(pair -> (UUID) pair[0]).toArray(UUID[]::new);
        String[] months = pairs.stream().map(pair -> (String) pair[1]).toArray(String[]::new);
        of(
                accounts,
                months,
                "delete from metrics.cost_changed c using " + PAIRS
                        + " where c.account_id = p.account_id and c.month = p.month");
        of(
                accounts,
                months,
                "delete from metrics.account_cost c using " + PAIRS
                        + " where c.account_id = p.account_id and c.month = p.month");
        of(
                accounts,
                months,
                "insert into metrics.account_cost select * from metrics.costs_of(:accounts, cast(:months as date[]))");
        return true;
    }

    private void of(UUID[] accounts, String[] months, String sql) {
        database.sql(sql).param("accounts", accounts).param("months", months).update();
    }
}
