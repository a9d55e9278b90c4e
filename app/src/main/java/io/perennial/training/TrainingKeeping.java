package io.perennial.training;

import io.perennial.accounts.AccountIds;
import io.perennial.platform.background.Loop;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps training up to date: what was completed, whom rules name, whom to remind. Each batch is a transaction of its own. */
@Component
public class TrainingKeeping extends Loop implements RecordListener {

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private static final Set<String> TYPES = Set.of(TrainingRecords.COMPLETIONS, "contacts");

    private final JdbcClient database;
    private final Settling settling;
    private final Reminders reminders;
    private final TransactionOperations transactions;
    private final Clock clock;
    private @Nullable LocalDate looked;

    TrainingKeeping(
            JdbcClient database,
            Settling settling,
            Reminders reminders,
            TransactionOperations transactions,
            Clock clock,
            @Value("${perennial.training.keeping:true}") boolean enabled) {
        super("training", LOOK_AGAIN, enabled);
        this.database = database;
        this.settling = settling;
        this.reminders = reminders;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Only where there is training at all. */
    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (!TYPES.contains(type.name()) || accounts.isEmpty()) {
            return;
        }
        int waiting =
                database.sql("""
                insert into training.waiting (account_id)
                select id from unnest(cast(:accounts as uuid[])) as a (id) where exists (select from training.course)
                order by id on conflict do nothing
                """).param("accounts", AccountIds.array(accounts)).update();
        if (waiting > 0) {
            wakeAfterCommit();
        }
    }

    @Override
    protected Duration step() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(looked)) {
            everybody();
            looked = today;
        }
        keep();
        return LOOK_AGAIN;
    }

    /** Everything that is due by now, as the background would do it. */
    public void keepAll() {
        everybody();
        keep();
    }

    private void keep() {
        while (changed()) {
            // each batch is committed by itself
        }
        while (Boolean.TRUE.equals(transactions.execute(one -> reminders.one() > 0))) {
            // each batch is committed by itself
        }
    }

    /** Whom rules name, over all accounts: after a rule was made, and once a day, for what was completed expires. */
    public void everybody() {
        while (Boolean.TRUE.equals(transactions.execute(one -> settling.byRule(null) > 0))) {
            // each batch is committed by itself
        }
    }

    private boolean changed() {
        return Boolean.TRUE.equals(transactions.execute(one -> {
            List<UUID> accounts = database.sql("""
                    delete from training.waiting where account_id in (
                        select account_id from training.waiting order by account_id limit 500 for update skip locked)
                    returning account_id
                    """)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list();
            if (accounts.isEmpty()) {
                return false;
            }
            settling.settle(accounts);
            while (settling.byRule(accounts) > 0) {
                // as many as there are
            }
            return true;
        }));
    }
}
