package io.perennial.playbooks;

import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import io.perennial.playbooks.text.Playbook.Limits;
import io.perennial.shared.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What was found becomes a run that waits, once for each episode, and is let in under the caps of its playbook, the dearest first.
 * At a share of the accounts, always the same ones, nothing is done: they show what would have happened anyway.
 */
@Component
class Starting {

    /** Runs let in by one transaction; the rest follows at once. */
    private static final int AT_ONCE = 500;

    private final JdbcClient database;
    private final Forces forces;
    private final Facts facts;
    private final TransactionOperations transactions;
    private final Live live;
    private final Clock clock;

    Starting(
            JdbcClient database,
            Forces forces,
            Facts facts,
            TransactionOperations transactions,
            Live live,
            Clock clock) {
        this.database = database;
        this.forces = forces;
        this.facts = facts;
        this.transactions = transactions;
        this.live = live;
        this.clock = clock;
    }

    /**
     * A moment at an account that starts a playbook.
     *
     * @param episode what makes it the same one when it is found again
     */
    record Candidate(
            InForce playbook,
            UUID account,
            String episode,
            Instant at,
            String evidence,
            @Nullable UUID signal) {}

    /**
     * In the transaction of the look. Of several moments of one account the latest counts, unless a playbook may run again at once.
     */
    void queue(List<Candidate> found) {
        Collection<Candidate> candidates = once(found);
        if (candidates.isEmpty()) {
            return;
        }
        Timestamp now = Timestamp.from(clock.instant());
        database.sql("""
                insert into playbooks.run (id, playbook_id, version_id, account_id, episode, moment_at, evidence, signal_id,
                    money, currency, state, shadow, queued_at)
                select t.id, t.playbook, t.version, t.account, t.episode, t.at, t.evidence, t.signal, o.arr, o.currency,
                       'queued', t.shadow, :now
                from unnest(cast(:ids as uuid[]), cast(:playbooks as uuid[]), cast(:versions as uuid[]),
                            cast(:accounts as uuid[]), cast(:episodes as text[]), cast(:ats as timestamptz[]),
                            cast(:evidences as text[]), cast(:signals as uuid[]), cast(:shadows as bool[]),
                            cast(:quiets as int[]))
                    as t (id, playbook, version, account, episode, at, evidence, signal, shadow, quiet)
                join accounts.overview o on o.account_id = t.account
                where t.quiet = 0 or not exists (
                    select from playbooks.run r where r.playbook_id = t.playbook and r.account_id = t.account
                        and r.shadow = t.shadow and r.state <> 'undone'
                        and coalesce(r.started_at, r.queued_at) > cast(:now as timestamptz) - make_interval(days => t.quiet))
                order by t.account, t.playbook
                on conflict (playbook_id, account_id, episode) do nothing
                """)
                .param("ids", candidates.stream().map(one -> Ids.next()).toArray(UUID[]::new))
                .param("playbooks", ids(candidates, one -> one.playbook().id()))
                .param("versions", ids(candidates, one -> one.playbook().version()))
                .param("accounts", ids(candidates, Candidate::account))
                .param("episodes", candidates.stream().map(Starting::episode).toArray(String[]::new))
                .param(
                        "ats",
                        candidates.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .param("evidences", candidates.stream().map(Candidate::evidence).toArray(String[]::new))
                .param("signals", ids(candidates, Candidate::signal))
                .param(
                        "shadows",
                        candidates.stream()
                                .map(one -> Boolean.toString(one.playbook().shadow()))
                                .toArray(String[]::new))
                .param(
                        "quiets",
                        candidates.stream()
                                .map(one -> one.playbook().playbook().limits().quietDays())
                                .toArray(Integer[]::new))
                .param("now", now)
                .update();
    }

    /** What ran in the shadow may run for real later. */
    private static String episode(Candidate one) {
        return one.playbook().shadow() && !one.episode().startsWith("shadow:")
                ? "shadow:" + one.episode()
                : one.episode();
    }

    private static Collection<Candidate> once(List<Candidate> found) {
        Map<String, Candidate> latest = new LinkedHashMap<>();
        for (Candidate one : found) {
            boolean again = one.playbook().playbook().limits().quietDays() == 0;
            String key = one.playbook().id() + ":" + one.account() + (again ? ":" + one.episode() : "");
            latest.merge(key, one, (a, b) -> b.at().isBefore(a.at()) ? a : b);
        }
        return latest.values();
    }

    private static @Nullable UUID[] ids(Collection<Candidate> candidates, Function<Candidate, @Nullable UUID> column) {
        @Nullable UUID[] ids = new UUID[candidates.size()];
        int place = 0;
        for (Candidate one : candidates) {
            ids[place++] = column.apply(one);
        }
        return ids;
    }

    /** Runs that wait for something look again, because something changed. */
    void wake(@Nullable Collection<UUID> accounts) {
        database.sql("""
                update playbooks.run set due_at = :now
                where state = 'running' and due_at > :now and tries = 0
                """ + (accounts == null ? "" : " and account_id = any(:accounts)"))
                .param("now", Timestamp.from(clock.instant()))
                .param("accounts", accounts == null ? new UUID[0] : accounts.toArray(UUID[]::new))
                .update();
    }

    /** @return how many runs began or ended here */
    int admit() {
        boolean any = database.sql("select exists (select from playbooks.run where state = 'queued')")
                .query(Boolean.class)
                .single();
        if (!any) {
            return 0;
        }
        int admitted = 0;
        for (InForce one : forces.all()) {
            Integer here = transactions.execute(transaction -> {
                database.sql("select pg_advisory_xact_lock(hashtext('perennial playbooks'))")
                        .query((row, number) -> 0)
                        .list();
                return admit(one);
            });
            admitted += here == null ? 0 : here;
        }
        return admitted;
    }

    private record Queued(UUID id, UUID account, @Nullable UUID signal) {}

    private int admit(InForce one) {
        List<Queued> queued = database.sql("""
                select id, account_id, signal_id from playbooks.run
                where playbook_id = :playbook and state = 'queued' and shadow = :shadow
                order by money desc nulls last, moment_at, id limit :most for update skip locked
                """)
                .param("playbook", one.id())
                .param("shadow", one.shadow())
                .param("most", AT_ONCE)
                .query((row, number) -> new Queued(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class)))
                .list();
        if (queued.isEmpty()) {
            return 0;
        }
        Room room = room(one);
        Set<UUID> over = facts.over(
                one.playbook(),
                queued.stream()
                        .map(run -> new Facts.Asked(run.id(), run.account(), run.signal()))
                        .toList());
        Map<String, Set<UUID>> states = new HashMap<>();
        for (Queued run : queued) {
            if (over.contains(run.id())) {
                states.computeIfAbsent("exited", none -> new HashSet<>()).add(run.id());
            } else if (isHeldOut(one.id(), run.account(), one.playbook().heldOutPercent())) {
                states.computeIfAbsent("held_out", none -> new HashSet<>()).add(run.id());
            } else if (room.take(run.account())) {
                states.computeIfAbsent("running", none -> new HashSet<>()).add(run.id());
            }
        }
        states.forEach((state, runs) -> begin(one, state, runs));
        int moved = states.values().stream().mapToInt(Set::size).sum();
        if (moved > 0) {
            live.changed("playbooks");
            queued.forEach(run -> live.changed("account:" + new AccountId(run.account())));
        }
        return moved;
    }

    private void begin(InForce one, String state, Set<UUID> runs) {
        database.sql("""
                update playbooks.run set state = :state, version_id = :version, due_at = :now,
                    started_at = case when :state = 'exited' then null else cast(:now as timestamptz) end,
                    ended_at = case when :state = 'running' then null else cast(:now as timestamptz) end,
                    because = case :state when 'exited' then 'It was over before it began.'
                        when 'held_out' then 'Held out, to measure what would have happened anyway.' end
                where id = any(:runs)
                """)
                .param("state", state)
                .param("version", one.version())
                .param("now", Timestamp.from(clock.instant()))
                .param("runs", runs.toArray(UUID[]::new))
                .update();
    }

    /** What the caps leave. */
    private static final class Room {

        private final Set<UUID> touched;
        private final Limits limits;
        private long today;
        private long inAll;

        Room(Limits limits, long today, long inAll, Set<UUID> touched) {
            this.limits = limits;
            this.today = today;
            this.inAll = inAll;
            this.touched = touched;
        }

        boolean take(UUID account) {
            boolean isNew = !touched.contains(account);
            if (today >= limits.aDay() || inAll >= limits.inAll() || (isNew && touched.size() >= limits.accounts())) {
                return false;
            }
            today++;
            inAll++;
            touched.add(account);
            return true;
        }
    }

    private Room room(InForce one) {
        Instant midnight = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        record Count(long today, long inAll) {}
        Count count = database.sql("""
                select count(*) filter (where started_at >= :midnight) as today, count(*) as in_all from playbooks.run
                where playbook_id = :playbook and started_at is not null and shadow = :shadow
                    and state not in ('held_out', 'undone')
                """)
                .param("midnight", Timestamp.from(midnight))
                .param("playbook", one.id())
                .param("shadow", one.shadow())
                .query(Count.class)
                .single();
        Set<UUID> touched = new HashSet<>(database.sql("""
                select distinct account_id from playbooks.run
                where playbook_id = :playbook and started_at is not null and shadow = :shadow
                    and state not in ('held_out', 'undone')
                """)
                .param("playbook", one.id())
                .param("shadow", one.shadow())
                .query((row, number) -> row.getObject(1, UUID.class))
                .list());
        return new Room(one.playbook().limits(), count.today(), count.inAll(), touched);
    }

    /** The same account is held out of the same playbook for ever, on every server. */
    static boolean isHeldOut(UUID playbook, UUID account, int percent) {
        if (percent == 0) {
            return false;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((playbook + ":" + account).getBytes(StandardCharsets.US_ASCII));
            long number = Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt());
            return number * 100 < (long) percent << 32;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How long runs stay queued before nobody lets them in any more. */
    static final Duration STALE = Duration.ofDays(30);

    /** Runs that waited for room too long are over. */
    void dropStale() {
        database.sql("""
                update playbooks.run set state = 'exited', ended_at = :now, because = 'There was no room under the caps for 30 days.'
                where state = 'queued' and queued_at < :since
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("since", Timestamp.from(clock.instant().minus(STALE)))
                .update();
    }
}
