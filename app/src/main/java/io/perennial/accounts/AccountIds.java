package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Sets of accounts as one parameter of a statement: {@code where account_id = any(:accounts)}. */
public final class AccountIds {

    private AccountIds() {}

    /** An array of type {@code uuid[]}; one value serves one statement. */
    public static SqlArrayValue array(Collection<AccountId> accounts) {
        return new SqlArrayValue(
                "uuid", accounts.stream().map(AccountId::value).distinct().toArray());
    }

    /**
     * The accounts that a statement names.
     *
     * @param sql yields account ids for {@code :accounts}
     */
    public static Set<AccountId> found(JdbcClient database, String sql, Collection<AccountId> accounts) {
        return new HashSet<>(database.sql(sql)
                .param("accounts", array(accounts))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list());
    }
}
