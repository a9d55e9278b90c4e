package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes accounts out of {@code accounts.changed}. Taking is part of the transaction that scores them: when it fails or
 * the server dies, they are still there. Accounts that a writer has marked but not yet committed are passed over, so
 * that their facts are never missed.
 */
@Component
class ChangedQueue {

    private final JdbcClient database;

    ChangedQueue(JdbcClient database) {
        this.database = database;
    }

    /** @param newestFirst lets a change made now overtake a long backlog such as an import or a new day */
    List<AccountId> take(int limit, boolean newestFirst) {
        return database.sql("""
                        delete from accounts.changed where account_id = any(array(
                            select account_id from accounts.changed order by marked_at %s
                            limit :limit for update skip locked))
                        returning account_id
                        """.formatted(newestFirst ? "desc" : ""))
                .param("limit", limit)
                .query((row, number) -> new AccountId(row.getObject("account_id", UUID.class)))
                .list();
    }

    /** Those of these accounts that are marked, but for marks that somebody is renewing now. */
    void take(Collection<AccountId> accounts) {
        database.sql("""
                        delete from accounts.changed where account_id = any(array(
                            select account_id from accounts.changed where account_id = any(:ids)
                            for update skip locked))
                        """).param("ids", AccountIds.array(accounts)).update();
    }

    boolean isEmpty() {
        return database.sql("select not exists (select from accounts.changed)")
                .query(Boolean.class)
                .single();
    }

    void markAll(Instant now) {
        database.sql("""
                        insert into accounts.changed (account_id, marked_at)
                        select id, :now from accounts.account order by id on conflict do nothing
                        """).param("now", Timestamp.from(now)).update();
    }

    /**
     * Beside other chunks of the same pass, which are of other accounts, but never beside a live batch. A chunk does not wait
     * until it is on the disk: what stands after a power cut is a beginning of the pass, and its checkpoint lies behind it.
     */
    void besideTheSamePass() {
        database.sql("""
                        select pg_advisory_xact_lock_shared(hashtext('perennial health')),
                               set_config('synchronous_commit', 'off', true)
                        """).query((row, number) -> 0).list();
    }

    /** One batch at a time in the whole installation: an older reading must never overwrite a newer one. */
    void alone() {
        database.sql("select pg_advisory_xact_lock(hashtext('perennial health'))")
                .query((row, number) -> 0)
                .list();
    }
}
