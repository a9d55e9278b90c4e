package io.perennial.playbooks;

import io.perennial.playbooks.Segments.Entry;
import io.perennial.playbooks.Starting.Candidate;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds what starts playbooks: at the accounts whose facts changed, soon after each change, and once a day and after a playbook
 * was switched on at all accounts. Both ask the same questions and differ only in whom they ask about; what was found before is
 * not found again because its episode has a run.
 */
@Component
class Looking {

    /** Accounts of one transaction. */
    static final int BATCH = 1_000;

    /** Accounts of one transaction of a look at everybody: memory does not grow with the company. */
    static final int SLICE = 5_000;

    /** With more of them waiting, one look at everybody is cheaper. */
    static final int MANY = 20_000;

    /** Moments without a writer that tells of them, such as a first use, are looked for so often. */
    static final Duration MOMENTS_EVERY = Duration.ofMinutes(5);

    /** One of a row is news when its transaction was not seen yet; see the roster of the accounts table. */
    private static final String NEWS = """
            cast(cast(o.changed_in as text) as bigint)
                >= cast(cast(pg_snapshot_xmin(cast(:seen as pg_snapshot)) as text) as bigint)
            and o.changed_in >= pg_snapshot_xmin(cast(:seen as pg_snapshot))
            and not pg_visible_in_snapshot(o.changed_in, cast(:seen as pg_snapshot))
            """;

    private final JdbcClient database;
    private final Forces forces;
    private final Segments segments;
    private final Found found;
    private final Starting starting;
    private final TransactionOperations transactions;
    private final Clock clock;

    Looking(
            JdbcClient database,
            Forces forces,
            Segments segments,
            Found found,
            Starting starting,
            TransactionOperations transactions,
            Clock clock) {
        this.database = database;
        this.forces = forces;
        this.segments = segments;
        this.found = found;
        this.starting = starting;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Notes the accounts whose rows changed since the last call; each is noted once, also over a restart. */
    void readNews() {
        transactions.executeWithoutResult(transaction -> {
            String seen = database.sql("select seen from playbooks.looked for update")
                    .query(String.class)
                    .optional()
                    .orElse(null);
            if (seen == null) {
                database.sql("""
                        insert into playbooks.looked (one, seen) values (true, cast(pg_current_snapshot() as text))
                        on conflict (one) do nothing
                        """).update();
            } else if (news(seen)) {
                // One statement, so that the snapshot it remembers is the one it saw.
                database.sql("""
                        with noted as (
                            insert into playbooks.waiting (account_id, marked_at)
                            select o.account_id, :now from accounts.overview o where %s returning 1)
                        update playbooks.looked set seen = cast(pg_current_snapshot() as text)
                        """.formatted(NEWS))
                        .param("now", Timestamp.from(clock.instant()))
                        .param("seen", seen)
                        .update();
            }
        });
    }

    private boolean news(String seen) {
        // Counted: looking for any one, PostgreSQL hopes to meet it soon and reads all rows, which have none as a rule.
        return database.sql("select count(*) > 0 from accounts.overview o where " + NEWS)
                .param("seen", seen)
                .query(Boolean.class)
                .single();
    }

    /** @return how many accounts were looked at; 0 when none waits */
    int batch() {
        Integer looked = transactions.execute(transaction -> {
            alone();
            long waiting = database.sql("select count(*) from (select from playbooks.waiting limit :many) w")
                    .param("many", MANY)
                    .query(Long.class)
                    .single();
            if (waiting >= MANY) {
                database.sql("delete from playbooks.waiting").update();
                againAtEverybody();
                return 1;
            }
            Set<UUID> accounts = new HashSet<>(database.sql("""
                    delete from playbooks.waiting where id in (
                        select id from playbooks.waiting order by id limit :limit for update skip locked)
                    returning account_id
                    """)
                    .param("limit", BATCH)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list());
            if (!accounts.isEmpty()) {
                look(accounts);
            }
            return accounts.size();
        });
        return looked == null ? 0 : looked;
    }

    /** Everybody, for a new day, a playbook that was switched on, and whenever somebody wants to be sure. */
    void everybody() {
        long asked = asked();
        slices(this::look);
        database.sql("update playbooks.looked set day = :today, moments_at = :now where asked = :asked")
                .param("today", today())
                .param("now", Timestamp.from(clock.instant()))
                .param("asked", asked)
                .update();
    }

    /** The next look is at everybody; part of the caller's transaction. A look that is under way does not count for it. */
    void againAtEverybody() {
        database.sql("update playbooks.looked set day = null, asked = asked + 1")
                .update();
    }

    private long asked() {
        return database.sql("select coalesce(max(asked), 0) from playbooks.looked")
                .query(Long.class)
                .single();
    }

    /** All accounts, some at a time, each time in a transaction of its own. */
    private void slices(Consumer<List<UUID>> look) {
        UUID after = new UUID(0, 0);
        while (true) {
            List<UUID> slice = database.sql(
                            "select id from accounts.account where id > :after order by id limit :slice")
                    .param("after", after)
                    .param("slice", SLICE)
                    .query((row, number) -> row.getObject(1, UUID.class))
                    .list();
            if (slice.isEmpty()) {
                return;
            }
            transactions.executeWithoutResult(transaction -> {
                alone();
                look.accept(slice);
            });
            after = slice.getLast();
        }
    }

    /** @return whether it was time for it */
    boolean whenItIsTime() {
        record Known(@Nullable LocalDate day, @Nullable Timestamp momentsAt) {}
        Optional<Known> known = database.sql("select day, moments_at from playbooks.looked")
                .query((row, number) -> new Known(row.getObject(1, LocalDate.class), row.getTimestamp(2)))
                .optional();
        if (known.isEmpty()) {
            return false;
        }
        if (!today().equals(known.get().day())) {
            everybody();
            return true;
        }
        Timestamp last = known.get().momentsAt();
        if (last == null || last.toInstant().plus(MOMENTS_EVERY).isBefore(clock.instant())) {
            List<InForce> untold = forces.all().stream()
                    .filter(one -> found.isUntold(one.playbook().start().when()))
                    .toList();
            if (!untold.isEmpty()) {
                slices(accounts -> moments(untold, accounts));
            }
            database.sql("update playbooks.looked set moments_at = :now")
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            return true;
        }
        return false;
    }

    /** One look at a time in the whole installation: what an account stood within must not be overwritten by an older look. */
    private void alone() {
        database.sql("select pg_advisory_xact_lock(hashtext('perennial playbooks')), set_config('jit', 'off', true)")
                .query((row, number) -> 0)
                .list();
    }

    private void look(Collection<UUID> accounts) {
        List<InForce> all = forces.all();
        if (!all.isEmpty()) {
            entries(all, accounts);
            moments(
                    all.stream()
                            .filter(one -> !one.playbook().start().isSegment())
                            .toList(),
                    accounts);
            starting.wake(accounts);
        }
    }

    private void entries(List<InForce> all, Collection<UUID> accounts) {
        List<InForce> ofSegments =
                all.stream().filter(one -> one.playbook().start().isSegment()).toList();
        Map<Integer, InForce> byNumber =
                ofSegments.stream().collect(Collectors.toMap(InForce::number, Function.identity()));
        Instant now = clock.instant();
        List<Candidate> candidates = new ArrayList<>();
        for (Entry entry : segments.look(ofSegments, accounts)) {
            InForce playbook = byNumber.get(entry.playbook());
            if (playbook != null) {
                // Somebody who goes in and out within a day is one episode.
                candidates.add(new Candidate(
                        playbook,
                        entry.account(),
                        "entered:" + today(),
                        now,
                        Found.entered(playbook.playbook()),
                        null));
            }
        }
        starting.queue(candidates);
    }

    private void moments(List<InForce> playbooks, Collection<UUID> accounts) {
        List<Candidate> candidates = found.candidates(playbooks, accounts);
        if (candidates.isEmpty()) {
            return;
        }
        Set<UUID> concerned = candidates.stream().map(Candidate::account).collect(Collectors.toSet());
        List<InForce> leftToo = playbooks.stream().filter(Looking::leftToo).toList();
        List<InForce> others = playbooks.stream().filter(one -> !leftToo(one)).toList();
        Map<UUID, Set<Integer>> stays = others.isEmpty() ? Map.of() : segments.within(others, concerned, false);
        Map<UUID, Set<Integer>> left = leftToo.isEmpty() ? Map.of() : segments.within(leftToo, concerned, true);
        starting.queue(candidates.stream()
                .filter(one -> (leftToo(one.playbook()) ? left : stays)
                        .getOrDefault(one.account(), Set.of())
                        .contains(one.playbook().number()))
                .toList());
    }

    private static boolean leftToo(InForce one) {
        return Found.leftToo(one.playbook());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
