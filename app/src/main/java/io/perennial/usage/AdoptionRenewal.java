package io.perennial.usage;

import io.perennial.platform.jobs.Jobs;
import io.perennial.platform.records.Ids;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Renews the stored adoption of all accounts and the medians of their peers. Once a day is enough: its windows end at the
 * last finished day. Again when the cohort's totals were sealed anew, because then much use has come late.
 */
@Component
class AdoptionRenewal {

    private static final int CHUNK = 1_000;
    private static final UUID START = new UUID(0, 0);
    private static final Duration APART = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final AdoptionRows rows;
    private final Peers peers;
    private final KeyActionRuns keyActions;
    private final KeyActionStates states;
    private final KnownDays days;
    private final Jobs jobs;
    private final TransactionOperations transactions;
    private final boolean bySelf;
    private long looked = System.nanoTime();

    AdoptionRenewal(
            JdbcClient database,
            AdoptionRows rows,
            Peers peers,
            KeyActionRuns keyActions,
            KeyActionStates states,
            KnownDays days,
            Jobs jobs,
            TransactionOperations transactions,
            @Value("${perennial.usage.adoption:true}") boolean bySelf) {
        this.database = database;
        this.rows = rows;
        this.peers = peers;
        this.keyActions = keyActions;
        this.states = states;
        this.days = days;
        this.jobs = jobs;
        this.transactions = transactions;
        this.bySelf = bySelf;
    }

    /**
     * @param id another with each renewal
     * @param until last day of the 28 that the stored rows speak about
     */
    record Last(UUID id, LocalDate until, Instant renewedAt) {}

    Optional<Last> last() {
        return database.sql("select id, until, renewed_at from usage.adoption_renewal")
                .query((row, number) -> new Last(
                        row.getObject("id", UUID.class),
                        row.getObject("until", LocalDate.class),
                        row.getTimestamp("renewed_at").toInstant()))
                .optional();
    }

    /** Submits the job when the stored rows are of an earlier day, or older than the sealed totals of the cohort. */
    void submitWhenDue(Instant now, LocalDate today) {
        if (!bySelf || System.nanoTime() - looked < LOOK_AGAIN.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        if (due(now, today)) {
            submit(Actor.SYSTEM);
        }
    }

    UUID submit(Actor actor) {
        return jobs.submit(AdoptionJob.KIND, "Adoption of all accounts", "{}", actor);
    }

    /** Not before the accounts marked by the seal have been read again: their seats and users are taken over. */
    private boolean due(Instant now, LocalDate today) {
        return database.sql("""
                select coalesce(renewed.at < greatest(sealed.at, :today), true)
                    and not exists (select from accounts.changed where marked_at <= sealed.at)
                    and not exists (
                        select from platform.job
                        where kind = :kind and (state in ('queued', 'running') or created_at > :lately))
                from (select max(sealed_at) as at from usage.cohort_day) sealed,
                    (select max(renewed_at) as at from usage.adoption_renewal) renewed
                where sealed.at is not null
                """)
                .param("kind", AdoptionJob.KIND)
                .param("today", today.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("lately", now.minus(APART).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /**
     * @param progress told how many of how many accounts are done
     * @return how many accounts are stored
     */
    int renew(Instant now, LocalDate today, BiConsumer<Integer, Integer> progress) {
        LocalDate until = days.last(today).orElse(null);
        int total = count("select count(*) from accounts.account");
        int done = 0;
        if (until != null) {
            List<KeyActionRuns.Action> actions = keyActions.actions();
            transactions.executeWithoutResult(transaction -> actions.forEach(keyActions::begin));
            List<AccountId> chunk = after(START);
            while (!chunk.isEmpty()) {
                List<AccountId> present = chunk;
                transactions.executeWithoutResult(transaction -> {
                    planForMany();
                    Map<UUID, KnownDays.Window> windows = days.of(present, today);
                    rows.renew(windows, now);
                    actions.forEach(action -> keyActions.renew(action, windows));
                });
                done += present.size();
                progress.accept(done, total);
                chunk = after(present.getLast().value());
            }
            actions.forEach(action -> transactions.executeWithoutResult(transaction -> states.judge(action)));
        }
        transactions.executeWithoutResult(transaction -> seal(until, now));
        return count("select count(*) from usage.adoption");
    }

    /**
     * What one step of a statement hands to the next has no statistics; PostgreSQL would take it for a single row and go
     * over all pairs. Holds until the transaction ends.
     */
    private void planForMany() {
        database.sql("set local enable_nestloop = off").update();
    }

    private void seal(@Nullable LocalDate until, Instant now) {
        database.sql("delete from usage.adoption where renewed_at <> :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        peers.seal(now);
        if (until != null) {
            database.sql("""
                    insert into usage.adoption_renewal (id, until, renewed_at) values (:id, :until, :now)
                    on conflict (single) do update
                    set id = excluded.id, until = excluded.until, renewed_at = excluded.renewed_at
                    """)
                    .param("id", Ids.next())
                    .param("until", until)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    private List<AccountId> after(UUID last) {
        return database.sql("select id from accounts.account where id > :last order by id limit :limit")
                .param("last", last)
                .param("limit", CHUNK)
                .query((row, number) -> new AccountId(row.getObject("id", UUID.class)))
                .list();
    }

    private int count(String sql) {
        return database.sql(sql).query(Integer.class).single();
    }
}
