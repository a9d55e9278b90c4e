package io.perennial.programs;

import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code programs.promise}: what Sales promised. */
@Repository
class PromiseRows {

    private final JdbcClient database;

    PromiseRows(JdbcClient database) {
        this.database = database;
    }

    /** The first one noted first. */
    List<Promise> of(AccountId account) {
        return database.sql("select * from programs.promise where account_id = :account order by noted_at, id")
                .param("account", account.value())
                .query((row, number) -> Promise.of(row))
                .list();
    }

    /** Of one that is known only the settlement changes. */
    void store(AccountId account, Promise promise) {
        database.sql("""
                insert into programs.promise (id, account_id, kind, what, amount, priority, promised_by, noted_at, noted_by,
                    settled_at, settled_by, settlement)
                values (:id, :account, :kind, :what, :amount, :priority, :promisedBy, :notedAt, :notedBy, :settledAt,
                    :settledBy, :settlement)
                on conflict (id) do update set settled_at = excluded.settled_at, settled_by = excluded.settled_by,
                    settlement = excluded.settlement
                """)
                .param("id", promise.id())
                .param("account", account.value())
                .param("kind", promise.kind().key())
                .param("what", promise.what())
                .param("amount", promise.amount())
                .param(
                        "priority",
                        promise.priority() == null ? null : promise.priority().key())
                .param("promisedBy", promise.promisedBy())
                .param("notedAt", Timestamp.from(promise.notedAt()))
                .param("notedBy", promise.notedBy())
                .param("settledAt", promise.settledAt() == null ? null : Timestamp.from(promise.settledAt()))
                .param("settledBy", promise.settledBy())
                .param("settlement", promise.settlement())
                .update();
    }

    void remove(UUID promise) {
        database.sql("delete from programs.promise where id = :id")
                .param("id", promise)
                .update();
    }
}
