package io.perennial.accounts;

import io.perennial.platform.records.AccountKeys;
import io.perennial.platform.records.Column;

/**
 * Another way to name an account in a record: by something that belongs to it, such as a contract or a contract line.
 * A record type opts in by having a column of that name that is stored in its account column. One statement resolves
 * any number.
 */
public interface AccountReferences extends AccountKeys {

    /** The column that names the account by one of its contracts. */
    static Column contract() {
        return Column.reference(
                        "contract", "contracts", "account_id", "Instead of the account: a contract of it.", "C-2026-17")
                .alsoKnownAs("contract_id");
    }

    /** The column that names the account by a line of one of its contracts. */
    static Column contractLine() {
        return Column.reference(
                        "contract_line",
                        "contract-lines",
                        "account_id",
                        "Instead of the account: a contract line of it.",
                        "L-9")
                .alsoKnownAs("contract_line_id", "subscription_id", "subscription");
    }
}
