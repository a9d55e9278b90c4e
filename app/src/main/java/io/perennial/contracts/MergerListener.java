package io.perennial.contracts;

import io.perennial.accounts.Changes;
import io.perennial.platform.records.RecordListener;
import io.perennial.platform.records.RecordType;
import io.perennial.shared.AccountId;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who became part of another, or does no more, changes what is known of both and of everybody who came along. */
@Component
class MergerListener implements RecordListener {

    private final JdbcClient database;
    private final Changes changes;

    MergerListener(JdbcClient database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    /** All of them wait to be derived again, because the same transaction says so. */
    @Override
    public void written(RecordType type, Set<UUID> records, Set<AccountId> accounts) {
        if (type.name().equals("account-mergers")) {
            changes.mark(
                    database.sql("select distinct account_id from contracts.revenue_changed order by 1 limit 100000")
                            .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                            .list());
        }
    }
}
