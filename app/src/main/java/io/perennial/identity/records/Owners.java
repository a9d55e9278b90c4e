package io.perennial.identity.records;

import io.perennial.platform.records.Column;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who owns the accounts that rows belong to. The account table is the one that every module may point to. */
@Component
class Owners {

    private final JdbcClient database;

    Owners(JdbcClient database) {
        this.database = database;
    }

    /** Looks up, for all rows at once, the records that exist and the accounts that the rows name. */
    Known of(RecordType type, List<RecordRow> rows) {
        String accountColumn = Objects.requireNonNull(type.accountColumn());
        String named = type.columns().stream()
                .filter(column -> column.storedIn().equals(accountColumn))
                .map(Column::name)
                .findFirst()
                .orElse("");
        Map<String, @Nullable UUID> records = new HashMap<>();
        if (type.writer() == null) {
            // Table and column names come from declarations in the code, never from a request.
            database.sql("""
                    select record.external_id, account.owner_id from %s record
                    left join accounts.account account on account.id = record.%s
                    where record.external_id = any(:ids)
                    """.formatted(type.table(), accountColumn))
                    .param("ids", rows.stream().map(RecordRow::externalId).toArray(String[]::new))
                    .query(row -> {
                        records.put(row.getString(1), row.getObject(2, UUID.class));
                    });
        }
        Map<UUID, @Nullable UUID> accounts = new HashMap<>();
        database.sql("select id, owner_id from accounts.account where id = any(:ids)")
                .param(
                        "ids",
                        rows.stream()
                                .map(row -> row.values().get(named))
                                .filter(UUID.class::isInstance)
                                .toArray(UUID[]::new))
                .query(row -> {
                    accounts.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                });
        return new Known(named, records, accounts);
    }

    /** @param named the column in which rows name their account */
    record Known(String named, Map<String, @Nullable UUID> records, Map<UUID, @Nullable UUID> accounts) {

        boolean hasRecord(RecordRow row) {
            return records.containsKey(row.externalId());
        }

        @Nullable
        UUID ownerOfRecord(RecordRow row) {
            return records.get(row.externalId());
        }

        @Nullable
        UUID namedAccount(RecordRow row) {
            return row.values().get(named) instanceof UUID account ? account : null;
        }

        @Nullable
        UUID ownerOfAccount(UUID account) {
            return accounts.get(account);
        }
    }
}
