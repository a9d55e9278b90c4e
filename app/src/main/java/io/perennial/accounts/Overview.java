package io.perennial.accounts;

import io.perennial.accounts.overview.OverviewQuery;
import io.perennial.accounts.overview.OverviewRows;
import io.perennial.accounts.overview.OverviewSource;
import io.perennial.shared.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
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
    private final List<OverviewSource> sources;
    private final List<String> columns;
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
        this.sources = List.copyOf(sources);
        this.columns = columnsOf(sources);
        this.statements = new OverviewStatements(database);
        this.ownColumns = ownColumns;
    }

    private static List<String> columnsOf(List<OverviewSource> sources) {
        List<String> columns = new ArrayList<>();
        for (OverviewSource source : sources) {
            for (String column : source.columns()) {
                if (columns.contains(column)) {
                    throw new IllegalStateException(
                            "Two sources fill accounts.overview." + column + "; each column has one owner.");
                }
                columns.add(column);
            }
        }
        return List.copyOf(columns);
    }

    /** Brings the rows of these accounts up to date as of that day; accounts that do not exist are passed over. */
    public void refresh(Collection<AccountId> accounts, LocalDate today) {
        refresh(OverviewQuery.onDay(accounts, today));
    }

    /** The same with what has been read already for these accounts. */
    public void refresh(OverviewQuery query) {
        if (query.accounts().isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(transaction -> {
            insertMissing(query.accounts());
            OverviewRows rows = new OverviewRows(query.accounts(), columns);
            sources.forEach(source -> source.fill(query, rows));
            statements.write(rows, columns, clock.instant());
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
            OverviewRows rows = new OverviewRows(accounts, ownColumns.columns());
            ownColumns.fill(OverviewQuery.onDay(accounts, LocalDate.ofInstant(clock.instant(), clock.getZone())), rows);
            statements.write(rows, ownColumns.columns(), clock.instant());
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
}
