package io.perennial.accounts;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Another way to name an account in a record: by something that belongs to it, such as a contract. A record type opts
 * in by having a column of that name.
 */
public interface AccountReferences {

    /** Name of the column, e.g. {@code contract}. */
    String column();

    /** Accounts by external id of the thing named; what is not known is left out. One statement for any number. */
    Map<String, UUID> resolve(Collection<String> externalIds);
}
