package io.perennial.growth.expansion;

import io.perennial.growth.expansion.Settling.Settled;
import io.perennial.platform.jobs.JobHandler;
import io.perennial.platform.jobs.JobRun;
import io.perennial.platform.live.Live;
import io.perennial.platform.web.Wording;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Looks for growth at all customers, a thousand at a time. Doing it again changes nothing. */
@Component
public class ExpansionJob implements JobHandler {

    public static final String KIND = "expansion-signals";

    public static final String TITLE = "Signals of growth of all customers";

    private static final int BATCH = 1_000;
    private static final UUID START = new UUID(0, 0);

    private final JdbcClient database;
    private final PeerKeeping peers;
    private final Settling settling;
    private final TransactionOperations transactions;
    private final Live live;
    private final Clock clock;

    ExpansionJob(
            JdbcClient database,
            PeerKeeping peers,
            Settling settling,
            TransactionOperations transactions,
            Live live,
            Clock clock) {
        this.database = database;
        this.peers = peers;
        this.settling = settling;
        this.transactions = transactions;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(JobRun run) {
        return look((done, total) -> {
            run.progress("Customers", done, total);
            return !run.cancelled();
        });
    }

    /** Told how far it is; answers whether to go on. */
    interface Progress {
        boolean goOn(long done, long total);
    }

    /** @return one sentence about what was found */
    String look(Progress progress) {
        Instant now = clock.instant();
        peers.renew(LocalDate.ofInstant(now, ZoneOffset.UTC));
        long total = database.sql("select count(*) from accounts.overview")
                .query(Long.class)
                .single();
        long done = 0;
        Settled settled = new Settled(0, 0);
        UUID[] batch = after(START);
        boolean going = progress.goOn(0, total);
        while (batch.length > 0 && going) {
            settled = settled.and(settle(batch, now));
            done += batch.length;
            going = progress.goOn(done, total);
            batch = after(batch[batch.length - 1]);
        }
        if (batch.length == 0) {
            remember(now, done, settled);
        }
        live.changed("expansion");
        return Wording.count(settled.opened()) + " opened, " + Wording.count(settled.closed()) + " closed, at "
                + Wording.count(done) + " customers";
    }

    private Settled settle(UUID[] batch, Instant now) {
        Settled settled = transactions.execute(transaction -> {
            // Packed months are read below: those that wait since facts changed are packed first.
            database.sql("select usage.pack_due(:accounts)")
                    .param("accounts", batch)
                    .query((row, number) -> 1)
                    .list();
            Settled sum = new Settled(0, 0);
            for (ExpansionKind kind : ExpansionKind.values()) {
                sum = sum.and(settling.settle(batch, kind, now));
            }
            return sum;
        });
        return settled == null ? new Settled(0, 0) : settled;
    }

    private void remember(Instant now, long accounts, Settled settled) {
        database.sql("""
                insert into growth.expansion_run (day, at, accounts, opened, closed)
                values (:day, :now, :accounts, :opened, :closed)
                on conflict (day) do update set at = excluded.at, accounts = excluded.accounts,
                    opened = growth.expansion_run.opened + excluded.opened, closed = growth.expansion_run.closed + excluded.closed
                """)
                .param("day", LocalDate.ofInstant(now, ZoneOffset.UTC))
                .param("now", Timestamp.from(now))
                .param("accounts", accounts)
                .param("opened", settled.opened())
                .param("closed", settled.closed())
                .update();
    }

    private UUID[] after(UUID last) {
        List<UUID> ids = database.sql(
                        "select account_id from accounts.overview where account_id > :last order by account_id limit :limit")
                .param("last", last)
                .param("limit", BATCH)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
        return ids.toArray(UUID[]::new);
    }
}
