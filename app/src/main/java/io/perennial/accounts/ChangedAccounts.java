package io.perennial.accounts;

import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** {@code accounts.changed}. */
@Repository
class ChangedAccounts implements Changes {

    private final JdbcClient database;
    private final Clock clock;

    ChangedAccounts(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Marking again locks the row instead of doing nothing: a reader that takes the row while this transaction is
     * still open would otherwise miss its facts and remove the only mark. Sorted, so that two writers never wait for
     * each other in a circle. The first mark's time stays: it is what freshness is measured from. An account that is
     * gone, as after the undo of an import, needs no mark.
     */
    @Override
    public void mark(Collection<AccountId> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        database.sql("""
                insert into accounts.changed as c (account_id, marked_at)
                select a.id, :now from unnest(:accounts) as a (id)
                join accounts.account known on known.id = a.id
                order by a.id
                on conflict (account_id) do update set marked_at = c.marked_at
                """)
                .param("accounts", AccountIds.array(accounts))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @Override
    public int waiting(int atMost) {
        return database.sql("select count(*) from (select from accounts.changed limit :most) as waiting")
                .param("most", atMost)
                .query(Integer.class)
                .single();
    }
}
