package io.perennial.accounts;

import io.perennial.platform.records.AccountKeys;

/**
 * Another way to name an account in a record: by something that belongs to it, such as a contract or a contract line.
 * A record type opts in by having a column of that name that is stored in its account column. One statement resolves
 * any number.
 */
public interface AccountReferences extends AccountKeys {}
