package io.perennial.cases.desk;

import io.perennial.cases.desk.LeastLoad.Colleague;
import io.perennial.cases.desk.LeastLoad.Wanted;
import io.perennial.platform.background.Loop;
import io.perennial.platform.live.Live;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives cases that came in by themselves to somebody, right after they are committed: all that wait at once, so that taking a
 * case in never waits for the one before it. A case is looked at once; when nobody can be given it, it stays for
 * <em>Take next</em>.
 */
@Component
public class CaseRouter extends Loop {

    private static final int BATCH = 500;

    /** Cases that wait for an approval become ours without anybody telling. */
    private static final Duration REST = Duration.ofSeconds(30);

    /** However many come in, giving them takes at most a quarter of one processor. */
    private static final int PAUSES_PER_SWEEP = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final JdbcClient database;
    private final LeastLoad load;
    private final Live live;
    private final Clock clock;
    private final TransactionTemplate transactions;

    CaseRouter(
            JdbcClient database,
            LeastLoad load,
            Live live,
            Clock clock,
            PlatformTransactionManager transactions,
            @Value("${perennial.cases.routing:true}") boolean enabled) {
        super("case-routing", Duration.ofSeconds(10), enabled);
        this.database = database;
        this.load = load;
        this.live = live;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    protected Duration step() {
        long began = System.nanoTime();
        if (route() == BATCH) {
            return Duration.ZERO;
        }
        pause(Duration.ofNanos(System.nanoTime() - began).multipliedBy(PAUSES_PER_SWEEP));
        return REST;
    }

    private static void pause(Duration wished) {
        try {
            Thread.sleep(wished.compareTo(LONGEST_PAUSE) < 0 ? wished : LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Waiting(UUID id, Wanted wanted, boolean taken) {}

    private record Given(UUID id, @Nullable Colleague to) {}

    /** @return how many cases were looked at */
    public int route() {
        boolean some = database.sql("select exists (select from cases.support_case where to_route and state = 'open')")
                .query(Boolean.class)
                .single();
        if (!some) {
            return 0;
        }
        List<Given> given = Objects.requireNonNull(transactions.execute(status -> give()));
        if (given.stream().anyMatch(one -> one.to() != null)) {
            given.stream().filter(one -> one.to() != null).forEach(one -> live.changed("case:" + one.id()));
            live.changed("cases");
        }
        return given.size();
    }

    private List<Given> give() {
        LeastLoad.Moment moment = load.moment();
        List<Given> given = new ArrayList<>();
        for (Waiting one : waiting()) {
            given.add(new Given(
                    one.id(),
                    one.taken() ? null : moment.give(one.wanted(), true).orElse(null)));
        }
        write(given);
        return given;
    }

    /** What is due first is given first. Cases that somebody is just working on are left for the next round. */
    private List<Waiting> waiting() {
        return database.sql("""
                select c.id, coalesce(c.product, '') as product, c.team_id, a.owner_id,
                    c.assignee_id is not null or c.assignee is not null or c.merged_into is not null as taken
                from cases.support_case c join accounts.account a on a.id = c.account_id
                where c.to_route and c.state = 'open'
                order by coalesce(c.next_due_at, 'infinity'::timestamptz), c.id
                limit :batch for no key update of c skip locked
                """)
                .param("batch", BATCH)
                .query((row, number) -> new Waiting(
                        row.getObject("id", UUID.class),
                        new Wanted(
                                row.getString("product"),
                                row.getObject("team_id", UUID.class),
                                row.getObject("owner_id", UUID.class)),
                        row.getBoolean("taken")))
                .list();
    }

    private void write(List<Given> looked) {
        List<Given> given = looked.stream().filter(one -> one.to() != null).toList();
        database.sql("update cases.support_case set to_route = false where id = any(:ids)")
                .param(
                        "ids",
                        looked.stream()
                                .filter(one -> one.to() == null)
                                .map(Given::id)
                                .toArray(UUID[]::new))
                .update();
        database.sql("""
                with given as (
                    select * from unnest(cast(:ids as uuid[]), cast(:members as uuid[]), cast(:names as text[]))
                        as g (case_id, member, name)
                ), entry as (
                    insert into cases.event (case_id, at, kind, value, note, actor)
                    select case_id, :now, 'assigned', name, :why, 'Routing' from given
                    returning case_id, n
                )
                update cases.support_case c set to_route = false, assignee_id = g.member, assignee = g.name,
                    takeovers = coalesce(c.takeovers, 0) + 1, last_event = e.n, version = c.version + 1, updated_at = :now
                from given g join entry e on e.case_id = g.case_id where c.id = g.case_id
                """)
                .param("ids", given.stream().map(Given::id).toArray(UUID[]::new))
                .param("members", given.stream().map(CaseRouter::member).toArray(UUID[]::new))
                .param("names", given.stream().map(CaseRouter::name).toArray(String[]::new))
                .param("why", LeastLoad.WHY)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private static @Nullable UUID member(Given given) {
        return given.to() == null ? null : given.to().id();
    }

    private static @Nullable String name(Given given) {
        return given.to() == null ? null : given.to().name();
    }
}
