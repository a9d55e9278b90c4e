package io.perennial.accounts;

import io.perennial.accounts.overview.OverviewSource;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the one wide row per account that lists, filters, sums and segments read. Every source is asked once for the
 * whole set of accounts; a row is written only when a column of it really differs.
 */
@Component
public class Overview {

    /** Accounts per round of {@link #refreshAll}: large enough to be set-based, small enough to hold no lock long. */
    private static final int ROUND = 5_000;

    private static final int EDITED_BY_A_PERSON = 50;

    private final JdbcClient database;
    private final Clock clock;
    private final OverviewStatements statements;
    private final AccountOverview ownColumns;
    private final TransactionOperations transactions;

    Overview(
            JdbcClient database,
            Clock clock,
            List<OverviewSource> sources,
            AccountOverview ownColumns,
            TransactionOperations transactions) {
        this.transactions = transactions;
        this.database = database;
        this.clock = clock;
        this.statements = new OverviewStatements(database, sources);
        this.ownColumns = ownColumns;
    }

    /** Brings the rows of these accounts up to date as of that day; accounts that do not exist are passed over. */
    public void refresh(Collection<AccountId> accounts, LocalDate today) {
        if (accounts.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(transaction -> {
            insertMissing(accounts);
            for (String statement : statements.all()) {
                run(statement, accounts, today);
            }
        });
    }

    /** All accounts, in rounds that each are a transaction of their own unless the caller has one. */
    public void refreshAll(LocalDate today) {
        UUID last = new UUID(0, 0);
        while (true) {
            List<AccountId> round = database.sql(
                            "select id from accounts.account where id > :last order by id limit :n")
                    .param("last", last)
                    .param("n", ROUND)
                    .query((row, number) -> new AccountId(row.getObject("id", UUID.class)))
                    .list();
            if (round.isEmpty()) {
                return;
            }
            refresh(round, today);
            last = round.getLast().value();
        }
    }

    /**
     * What the accounts themselves say, for accounts just created and for edits by a person, which show at once; the
     * rest follows with the queue. Large rewrites wait for the queue, so that an import and a recompute never hold
     * each other's rows.
     */
    void show(Collection<AccountId> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        if (insertMissing(accounts) > 0 || accounts.size() <= EDITED_BY_A_PERSON) {
            run(statements.of(ownColumns), accounts, LocalDate.ofInstant(clock.instant(), clock.getZone()));
        }
    }

    private int insertMissing(Collection<AccountId> accounts) {
        return database.sql("""
                insert into accounts.overview (account_id)
                select a.id from accounts.account a
                where a.id = any(:accounts)
                  and not exists (select from accounts.overview o where o.account_id = a.id)
                order by a.id
                on conflict (account_id) do nothing
                """).param("accounts", AccountIds.array(accounts)).update();
    }

    private void run(String statement, Collection<AccountId> accounts, LocalDate today) {
        database.sql(statement)
                .param("accounts", AccountIds.array(accounts))
                .param("today", today)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }
}
