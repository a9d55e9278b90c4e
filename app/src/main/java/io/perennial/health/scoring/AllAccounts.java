package io.perennial.health.scoring;

import io.perennial.shared.AccountId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every account, a chunk at a time, so that memory does not grow with the company. */
@Component
class AllAccounts {

    static final int CHUNK = 2_000;
    /** For passes that hold facts of years in memory. */
    static final int CHUNK_OF_YEARS = 500;

    static final UUID START = new UUID(0, 0);

    private final JdbcClient database;

    AllAccounts(JdbcClient database) {
        this.database = database;
    }

    int count() {
        return database.sql("select count(*) from accounts.account")
                .query(Integer.class)
                .single();
    }

    /** The next chunk in the order of ids; empty at the end. */
    List<AccountId> after(UUID last, int chunk) {
        return database.sql("select id from accounts.account where id > :last order by id limit :limit")
                .param("last", last)
                .param("limit", chunk)
                .query((row, number) -> new AccountId(row.getObject("id", UUID.class)))
                .list();
    }
}
