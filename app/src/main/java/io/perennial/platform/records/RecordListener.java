package io.perennial.platform.records;

import io.perennial.shared.AccountId;
import java.util.Set;
import java.util.UUID;

/** Told inside the writing transaction which records were really created or changed. */
public interface RecordListener {

    void written(RecordType type, Set<UUID> records, Set<AccountId> accounts);
}
