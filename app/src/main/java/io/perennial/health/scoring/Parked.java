package io.perennial.health.scoring;

import io.perennial.accounts.AccountIds;
import io.perennial.shared.AccountId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts that could not be scored. The next change of theirs, or the next day, tries again. */
@Component
public class Parked {

    private static final int LONGEST_ERROR = 1_000;

    private final JdbcClient database;
    private final Clock clock;

    Parked(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void park(AccountId account, Throwable error) {
        // The statement around it is long; what the database or the source said is what helps.
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        String message = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        database.sql("""
                        insert into health.parked (account_id, error, parked_at) values (:id, :error, :now)
                        on conflict (account_id) do update set error = excluded.error, parked_at = excluded.parked_at
                        """)
                .param("id", account.value())
                .param("error", message.substring(0, Math.min(LONGEST_ERROR, message.length())))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    void release(Collection<AccountId> accounts) {
        database.sql("delete from health.parked where account_id = any(:ids)")
                .param("ids", AccountIds.array(accounts))
                .update();
    }

    public List<Entry> entries() {
        return database.sql("""
                        select p.account_id, a.name, p.error, p.parked_at
                        from health.parked p join accounts.account a on a.id = p.account_id
                        order by p.parked_at desc limit 100
                        """)
                .query((row, number) -> new Entry(
                        new AccountId(row.getObject("account_id", UUID.class)),
                        row.getString("name"),
                        row.getString("error"),
                        row.getTimestamp("parked_at").toInstant()))
                .list();
    }

    /** @param error of the last attempt, for whoever has to repair it */
    public record Entry(AccountId account, String name, String error, Instant since) {}
}
