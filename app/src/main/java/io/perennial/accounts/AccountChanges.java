package io.perennial.accounts;

import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Marks the accounts behind written records, whatever the type, and gives a new account its overview row at once so
 * that lists show it before anything was computed.
 */
@Component
class AccountChanges implements RecordListener {

    private final JdbcClient database;
    private final Changes changes;
    private final Overview overview;

    AccountChanges(JdbcClient database, Changes changes, Overview overview) {
        this.database = database;
        this.changes = changes;
        this.overview = overview;
    }

    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        switch (type.name()) {
            case "accounts" -> {
                Set<AccountId> written = new HashSet<>(accounts);
                records.forEach(id -> written.add(new AccountId(id)));
                // First the mark, then the row: the same order in which the queue's reader takes its locks.
                changes.mark(written);
                overview.show(written);
            }
            case "team-members" -> changes.mark(ownedBy(records));
            default -> changes.mark(accounts);
        }
    }

    /** The overview shows the owner's name. */
    private Set<AccountId> ownedBy(Set<UUID> members) {
        return Set.copyOf(database.sql("select id from accounts.account where owner_id = any(:members)")
                .param("members", new SqlArrayValue("uuid", members.toArray()))
                .query((row, number) -> new AccountId(row.getObject("id", UUID.class)))
                .list());
    }
}
