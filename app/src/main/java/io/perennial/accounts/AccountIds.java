package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.util.Collection;
import org.springframework.jdbc.support.SqlArrayValue;

/** Sets of accounts as one parameter of a statement: {@code where account_id = any(:accounts)}. */
public final class AccountIds {

    private AccountIds() {}

    /** An array of type {@code uuid[]}; one value serves one statement. */
    public static SqlArrayValue array(Collection<AccountId> accounts) {
        return new SqlArrayValue(
                "uuid", accounts.stream().map(AccountId::value).distinct().toArray());
    }
}
