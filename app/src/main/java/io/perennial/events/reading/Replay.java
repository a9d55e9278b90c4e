package io.perennial.events.reading;

import io.perennial.shared.AccountId;
import io.perennial.usage.counting.Count;
import io.perennial.usage.counting.CountedUse;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts days anew from the inbox, beside reading that goes on: a stretch of days in one transaction, in which the reader
 * waits. Where everything was right, nothing is written.
 */
@Component
class Replay {

    private static final int ROWS_AT_ONCE = 5_000;

    private final JdbcClient database;
    private final JdbcTemplate streams;
    private final InboxReader inbox;
    private final CountedUse use;
    private final TransactionOperations transactions;
    private final Clock clock;

    Replay(
            JdbcClient database,
            JdbcTemplate streams,
            InboxReader inbox,
            CountedUse use,
            TransactionOperations transactions,
            Clock clock) {
        this.database = database;
        this.streams = streams;
        this.inbox = inbox;
        this.use = use;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whose use is counted anew. */
    record Account(AccountId id, String externalId) {}

    /** The first day of which every event is still there; before it, counting anew would lose use. */
    LocalDate firstWhole() {
        return database.sql("select until + 2 from events.dropped")
                .query(LocalDate.class)
                .optional()
                .orElse(LocalDate.EPOCH);
    }

    /** @return how many days of accounts were different */
    int days(@Nullable Account account, LocalDate first, LocalDate last) {
        LocalDate from = first.isBefore(firstWhole()) ? firstWhole() : first;
        if (last.isBefore(from)) {
            return 0;
        }
        return Objects.requireNonNull(transactions.execute(transaction -> {
            inbox.alone();
            CountedUse.Recount recount =
                    use.recount(account == null ? null : account.id(), from, last, clock.instant());
            count(account == null ? null : account.externalId(), from, last, recount);
            return recount.apply();
        }));
    }

    /** Days of which the inbox holds events of one source, or of all. */
    List<LocalDate> days(@Nullable Integer source) {
        return database.sql("""
                select distinct (case when occurred_at > received_at + interval '24 hours'
                    or occurred_at < '2000-01-01T00:00:00Z' then received_at else occurred_at end
                    at time zone 'UTC')::date as day
                from events.inbox where kind <= 3 and (:source::int is null or source_id = :source::int) order by 1
                """)
                .param("source", source)
                .query((row, number) -> row.getObject(1, LocalDate.class))
                .list();
    }

    private void count(@Nullable String account, LocalDate first, LocalDate last, CountedUse.Recount recount) {
        List<Count> counts = new ArrayList<>();
        long cursor = inbox.cursor();
        streams.query(
                connection -> {
                    PreparedStatement query = connection.prepareStatement("select * from events.counted(?, ?, ?, ?)");
                    query.setFetchSize(ROWS_AT_ONCE);
                    query.setObject(1, first);
                    query.setObject(2, last);
                    query.setString(3, account);
                    query.setLong(4, cursor);
                    return query;
                },
                row -> {
                    counts.add(count(row));
                    if (counts.size() == ROWS_AT_ONCE) {
                        recount.add(counts);
                        counts.clear();
                    }
                });
        recount.add(counts);
    }

    private static Count count(ResultSet row) throws SQLException {
        BitSet slots = new BitSet(Count.SLOTS);
        String bits = row.getString("slots");
        for (int slot = bits.indexOf('1'); slot >= 0; slot = bits.indexOf('1', slot + 1)) {
            slots.set(slot);
        }
        return new Count(
                new AccountId(row.getObject("account_id", UUID.class)),
                row.getObject("day", LocalDate.class),
                row.getString("user_ref"),
                Event.feature(row.getInt("kind"), row.getString("name")),
                Tally.sourceRef(row.getInt("source_id")),
                row.getLong("events"),
                slots,
                row.getInt("first_second"),
                row.getInt("last_second"));
    }
}
