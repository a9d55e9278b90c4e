package io.perennial.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.Signals.Filter;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The quick order of signals is the order one gets by looking at all of them. */
@PerennialTest
class SignalOrderTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final List<String> CAUSES = List.of("silence", "detractor", "falling_usage");

    @Autowired
    JdbcClient database;

    @Autowired
    SignalReads reads;

    private final Random random = new Random(60);
    private final Viewer leader = new Viewer(new UUID(9, 9), "Leader", "leader@example.com", Role.LEADER, true);
    private final List<UUID> accounts = new ArrayList<>();

    @BeforeEach
    void fortyCustomersInThreeCurrencies() {
        for (int i = 0; i < 40; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            accounts.add(id);
            database.sql("""
                    insert into accounts.account (id, external_id, name, created_at, updated_at)
                    values (:id, cast(:id as text), 'x', now(), now())
                    """).param("id", id).update();
            database.sql("insert into accounts.overview (account_id) values (:id)")
                    .param("id", id)
                    .update();
        }
    }

    @Test
    void rankAndCountsFollowEveryChange() {
        follow(0);
        for (int round = 0; round < 260; round++) {
            change();
            follow(random.nextInt(3) * 12);
            if (round % 10 == 0) {
                for (String cause : List.of("", "silence")) {
                    for (int limit : List.of(1, 3, 15)) {
                        assertThat(ids(new Filter(cause, ""), limit))
                                .as("round %d, cause '%s', the first %d", round, cause, limit)
                                .isEqualTo(looked(cause, limit));
                    }
                }
                assertThat(reads.countsByCause(leader, TODAY)).isEqualTo(counted());
            }
        }
        assertThat(database.sql("select count(*) from health.signal_tally")
                        .query(Integer.class)
                        .single())
                .as("rows of the tally are drawn together")
                .isLessThan(610);
    }

    @Test
    void equalPricesAndScoresAreOrderedByUrgencyAndAge() {
        for (int i = 0; i < 300; i++) {
            open("EUR", BigDecimal.valueOf(1_200));
        }
        for (int room : List.of(0, 10)) {
            follow(room);
            for (int limit : List.of(1, 5, 40)) {
                assertThat(ids(new Filter("", ""), limit)).isEqualTo(looked("", limit));
            }
        }
        database.sql(
                        "update accounts.overview set changed_in = pg_current_xact_id(), score = 30 + abs(hashtext(account_id::text)) % 60, band = 'WATCH'")
                .update();
        for (int room : List.of(0, 10)) {
            follow(room);
            for (int limit : List.of(1, 5, 40)) {
                assertThat(ids(new Filter("", ""), limit)).isEqualTo(looked("", limit));
            }
        }
    }

    private List<UUID> ids(Filter filter, int limit) {
        return reads.ranked(leader, filter, TODAY, limit).stream()
                .map(Signal::id)
                .toList();
    }

    /** As scoring does: whose bound is too low gets a new one, with or without room; others keep theirs. */
    private void follow(int room) {
        database.sql("""
                with lack as (
                    select account_id, case when score is null or band = 'UNKNOWN' then 50 else 100 - score end as lacks
                    from accounts.overview)
                update health.signal s set lacks_at_most = least(100, l.lacks + :room)
                from lack l where l.account_id = s.account_id and (s.lacks_at_most < l.lacks or :room = 0)
                """).param("room", room).update();
    }

    private void change() {
        switch (random.nextInt(6)) {
            case 0, 1 -> open();
            case 2 ->
                database.sql("""
                        update health.signal set state = (array['open', 'acknowledged', 'closed', 'snoozed'])[:state],
                            snoozed_until = date '2026-11-20' + cast(:days as int)
                        where id in (select id from health.signal order by md5(id::text || :round) limit 3)
                          and not exists (select from health.signal o
                                where o.account_id = health.signal.account_id and o.cause = health.signal.cause
                                  and o.id <> health.signal.id)
                        """)
                        .param("state", 1 + random.nextInt(4))
                        .param("days", random.nextInt(9))
                        .param("round", random.nextInt())
                        .update();
            case 3 ->
                database.sql("""
                        update health.signal set money = money + :more, currency = (array['EUR', 'USD', null])[:currency]
                        where account_id = :account
                        """)
                        .param("more", BigDecimal.valueOf(random.nextInt(9_000), 2))
                        .param("currency", 1 + random.nextInt(3))
                        .param("account", accounts.get(random.nextInt(accounts.size())))
                        .update();
            case 4 ->
                database.sql("""
                        update accounts.overview set changed_in = pg_current_xact_id(), score = :score, band = (array['WATCH', 'AT_RISK', 'UNKNOWN'])[:band]
                        where account_id = :account
                        """)
                        .param("score", random.nextInt(5) == 0 ? null : random.nextInt(100), Types.NUMERIC)
                        .param("band", 1 + random.nextInt(3))
                        .param("account", accounts.get(random.nextInt(accounts.size())))
                        .update();
            default ->
                database.sql("delete from health.signal where account_id = :account and cause = 'detractor'")
                        .param("account", accounts.get(random.nextInt(accounts.size())))
                        .update();
        }
    }

    private void open() {
        open(
                List.of("EUR", "USD", "SEK").get(random.nextInt(3)),
                random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextInt(12) * 1_000L));
    }

    private void open(String currency, @Nullable BigDecimal money) {
        database.sql("""
                insert into health.signal (id, account_id, cause, episode, state, urgency, evidence, remedy, currency, money,
                    opened_at)
                values (:id, :account, :cause, :episode, 'closed', :urgency, '', '', :currency, cast(:money as numeric),
                    now() - make_interval(days => :age))
                """)
                .param("id", UUID.randomUUID())
                .param("account", accounts.get(random.nextInt(accounts.size())))
                .param("cause", CAUSES.get(random.nextInt(3)))
                .param("episode", random.nextInt())
                .param("urgency", List.of("now", "this_week", "soon").get(random.nextInt(3)))
                .param("currency", currency)
                .param("money", money)
                .param("age", random.nextInt(4))
                .update();
        database.sql("""
                update health.signal s set state = 'open' where s.state = 'closed' and not exists (
                    select from health.signal o where o.account_id = s.account_id and o.cause = s.cause and o.id <> s.id)
                """).update();
    }

    private List<UUID> looked(String cause, int limit) {
        return database.sql("""
                select id from (
                    select s.*, health.at_stake(s.money, o.score, o.band) as at_stake,
                        avg(s.money) filter (where s.state in ('open', 'acknowledged'))
                            over (partition by coalesce(s.currency, '')) as mean
                    from health.signal s join accounts.overview o using (account_id)
                    where (:cause = '' or cause = :cause)
                      and (state in ('open', 'acknowledged') or state = 'snoozed' and snoozed_until <= :today)) seen
                order by coalesce(at_stake / nullif(mean, 0), 0) desc,
                    array_position(array['now', 'this_week', 'soon'], urgency), opened_at, id
                limit :limit
                """)
                .param("cause", cause)
                .param("today", TODAY)
                .param("limit", limit)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private Map<String, Long> counted() {
        Map<String, Long> counts = new TreeMap<>();
        database.sql("""
                select cause, count(*) as n from health.signal
                where state in ('open', 'acknowledged') or state = 'snoozed' and snoozed_until <= :today group by 1
                """).param("today", TODAY).query(row -> {
            counts.put(row.getString("cause"), row.getLong("n"));
        });
        return counts;
    }
}
