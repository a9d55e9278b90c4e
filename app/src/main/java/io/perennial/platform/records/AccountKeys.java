package io.perennial.platform.records;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Another way to name the account of a record: a reference column of this name that is stored in the type's account
 * column is resolved here, for example {@code contract} to the account that signed it.
 */
public interface AccountKeys {

    /** Name of the column that opts in. */
    String column();

    /** Accounts by external id of the thing named; what is unknown is absent. */
    Map<String, UUID> resolve(Collection<String> externalIds);
}
