package io.perennial.accounts.overview;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills columns from one SELECT that yields {@code account_id} and the columns, in their order, for the accounts in
 * {@code :accounts (uuid[])} as of {@code :today (date)}.
 */
public final class OverviewSelect {

    private final JdbcClient database;
    private final List<String> columns;
    private final String sql;

    public OverviewSelect(JdbcClient database, List<String> columns, String sql) {
        this.database = database;
        this.columns = columns;
        this.sql = sql;
    }

    /** Runs the SELECT once for a query, however often it is asked. */
    public void fill(OverviewQuery query, OverviewRows into) {
        List<Object[]> found = query.once()
                .of(
                        this,
                        () -> database.sql(sql)
                                .param("accounts", AccountIds.array(query.accounts()))
                                .param("today", query.today())
                                .query((row, number) -> values(row))
                                .list());
        for (Object[] values : found) {
            AccountId account = new AccountId((UUID) values[0]);
            for (int i = 0; i < columns.size(); i++) {
                into.set(account, columns.get(i), values[i + 1]);
            }
        }
    }

    private Object[] values(ResultSet row) throws SQLException {
        Object[] values = new Object[columns.size() + 1];
        values[0] = row.getObject(1, UUID.class);
        for (int i = 1; i < values.length; i++) {
            values[i] = row.getObject(i + 1);
        }
        return values;
    }
}
