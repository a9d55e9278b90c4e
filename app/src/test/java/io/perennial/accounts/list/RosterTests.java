package io.perennial.accounts.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.accounts.list.ListSummary.Amount;
import io.perennial.identity.Role;
import io.perennial.identity.Viewer;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Memory and database give the same lists, whatever is asked and whatever happens in between. */
@PerennialTest
class RosterTests {

    private static final UUID NADIA = new UUID(7, 1);
    private static final LocalDate TODAY = LocalDate.ofInstant(MovableClock.START, ZoneOffset.UTC);

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionOperations transactions;

    @Autowired
    GoneAccounts gone;

    @Autowired
    MovableClock clock;

    private final Random random = new Random(20261124);
    private final Viewer leader = new Viewer(new UUID(9, 9), "Leader", "leader@example.com", Role.LEADER, true);
    private final Viewer nadia = new Viewer(NADIA, "Nadia", "nadia@example.com", Role.CSM, false);
    private AccountList fromDatabase;
    private AccountList fromMemory;
    private Roster roster;

    @BeforeEach
    void aCompanyOfSomeHundredCustomers() {
        for (int i = 0; i < 300; i++) {
            add(i);
        }
        roster = new Roster(database, transactions, clock, gone, 1);
        roster.load();
        assertThat(roster.ask(view(List.of(), "score", null), leader, asked -> true))
                .isPresent();
        fromMemory = new AccountList(database, roster, clock);
        fromDatabase =
                new AccountList(database, new Roster(database, transactions, clock, gone, Integer.MAX_VALUE), clock);
    }

    @Test
    void answersAsTheDatabaseDoesAcrossRandomViewsAndChanges() {
        for (int round = 0; round < 250; round++) {
            if (round % 5 == 0) {
                changeSomething(1_000 + round);
            }
            ListView view = view();
            Viewer viewer = random.nextInt(3) == 0 ? nadia : leader;

            assertThat(roster.ask(view, viewer, asked -> true))
                    .as("memory answers %s", view)
                    .isPresent();
            assertThat(comparable(fromMemory.summary(view, viewer)))
                    .as(view.url())
                    .isEqualTo(comparable(fromDatabase.summary(view, viewer)));
            assertThat(fromMemory.groups(view, viewer).stream()
                            .map(RosterTests::comparable)
                            .toList())
                    .as(view.url())
                    .isEqualTo(fromDatabase.groups(view, viewer).stream()
                            .map(RosterTests::comparable)
                            .toList());
            int from = random.nextInt(4) * 40;
            assertThat(ids(fromMemory.rows(view, viewer, from, 30)))
                    .as(view.url() + " from " + from)
                    .isEqualTo(ids(fromDatabase.rows(view, viewer, from, 30)));
        }
    }

    @Test
    void seesATransactionThatBeganEarlierAndCommittedLater() throws ExecutionException, InterruptedException {
        ListView all = view(List.of(), "score", null);
        try (var other = Executors.newSingleThreadExecutor()) {
            Future<?> slow = other.submit(() -> transactions.executeWithoutResult(transaction -> {
                add(901);
                database.sql("select pg_sleep(1)").query((row, number) -> 0).list();
            }));
            while (openTransactions() == 0 && !slow.isDone()) {
                Thread.onSpinWait();
            }
            add(902);
            assertThat(fromMemory.summary(all, leader).accounts()).isEqualTo(301);
            slow.get();
        }

        assertThat(fromMemory.summary(all, leader).accounts()).isEqualTo(302);
    }

    @Test
    void whatIsRolledBackNeverWasThere() {
        ListView all = view(List.of(), "score", null);
        transactions.executeWithoutResult(transaction -> {
            add(903);
            assertThat(fromMemory.summary(all, leader).accounts()).isEqualTo(301);
            transaction.setRollbackOnly();
        });

        assertThat(fromMemory.summary(all, leader).accounts()).isEqualTo(300);
    }

    @Test
    void marksOfDeletedAccountsGoAfterTwoDaysAndListsStayRight() {
        ListView all = view(List.of(), "score", null);
        database.sql("delete from accounts.account where external_id in ('x-1', 'x-2', 'x-3')")
                .update();
        database.sql("update accounts.overview_gone set gone_at = :then where account_id is not null")
                .param("then", clock.instant().minus(Duration.ofHours(47)).atOffset(ZoneOffset.UTC))
                .update();
        gone.forget();
        assertThat(marks()).isEqualTo(3);
        assertThat(fromMemory.summary(all, leader).accounts()).isEqualTo(297);

        clock.moveBy(Duration.ofHours(2));
        gone.forget();

        assertThat(marks()).isZero();
        assertThat(fromMemory.summary(all, leader).accounts()).isEqualTo(297);
    }

    private int marks() {
        return database.sql("select count(*) from accounts.overview_gone where account_id is not null")
                .query(Integer.class)
                .single();
    }

    @Test
    void aTableEmptiedAtOnceIsNoticed() {
        database.sql("truncate accounts.overview").update();

        assertThat(fromMemory.summary(view(List.of(), "score", null), leader).accounts())
                .isZero();
    }

    private long openTransactions() {
        return database.sql("""
                select count(*) from pg_stat_activity where backend_xid is not null and query like '%pg_sleep(1)%'
                    and pid <> pg_backend_pid()
                """).query(Long.class).single();
    }

    private void changeSomething(int n) {
        switch (random.nextInt(4)) {
            case 0 -> add(n);
            case 1 ->
                database.sql("delete from accounts.account where id in (select id from accounts.account limit 2)")
                        .update();
            default -> database.sql("""
                        update accounts.overview set changed_in = pg_current_xact_id(), score = 99 - score, band = null, arr = arr + 0.005, segment = 'Großkunde',
                            name = 'Zoë ' || coalesce(name, ''), renews_on = renews_on + 40
                        where account_id in (select account_id from accounts.overview limit 7 offset :n)
                        """).param("n", random.nextInt(100)).update();
        }
    }

    private ListView view() {
        List<String> filters = new ArrayList<>();
        List<String> possible = List.of(
                "band:is:AT_RISK|WATCH",
                "band:empty",
                "band:not:LEFT",
                "left_on:filled",
                "left_on:within:-60",
                "segment:not:SMB",
                "segment:has:groß",
                "owner_name:filled",
                "renews_on:within:60",
                "renews_on:within:-30",
                "renews_on:over:2026-12-24",
                "arr:over:2000",
                "arr:is:1000.5|2001.25",
                "arr:empty",
                "score:under:45.5",
                "score_change:over:1.2",
                "auto_renew:is:yes",
                "name:has:AB",
                "external_id:is:x-17",
                "usage_change:under:-0.1",
                "open_signals:not:0|1");
        for (int i = random.nextInt(3); i > 0; i--) {
            filters.add(possible.get(random.nextInt(possible.size())));
        }
        List<String> sorts =
                List.of("score", "-arr", "name", "-name", "renews_on", "-score_change", "segment", "auto_renew", "nps");
        List<String> groups = List.of("", "", "band", "owner_name", "renews_on", "auto_renew", "currency");
        return view(filters, sorts.get(random.nextInt(sorts.size())), groups.get(random.nextInt(groups.size())));
    }

    private ListView view(List<String> filters, String sort, @Nullable String group) {
        String search = random.nextInt(6) == 0 ? "b" + (char) ('a' + random.nextInt(4)) : null;
        return ListView.parse(filters.isEmpty() ? null : search, filters, sort, group, null);
    }

    private void add(int n) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        database.sql("""
                insert into accounts.account (id, external_id, name, created_at, updated_at)
                values (:id, :external, 'x', now(), now())
                """).param("id", id).param("external", "x-" + n).update();
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", id);
        row.put("external", "x-" + n);
        row.put(
                "name",
                maybe((random.nextBoolean() ? "Ab" : "ba") + (char) ('a' + random.nextInt(20)) + random.nextInt(50)));
        row.put("segment", maybe(List.of("SMB", "Mid-market", "Großkunde").get(random.nextInt(3))));
        row.put("owner", random.nextBoolean() ? NADIA : new UUID(7, random.nextInt(5)));
        row.put("owner_name", maybe("Owner " + random.nextInt(5)));
        row.put(
                "arr",
                maybe(new BigDecimal(random.nextInt(5) * 1000)
                        .add(new BigDecimal("0.25").multiply(new BigDecimal(random.nextInt(9))))));
        row.put("currency", maybe(random.nextBoolean() ? "EUR" : "USD"));
        row.put("renews", maybe(Date.valueOf(TODAY.plusDays(random.nextInt(300) - 100))));
        row.put("auto", maybe(random.nextBoolean()));
        row.put("score", maybe(BigDecimal.valueOf(random.nextInt(10_000), 2)));
        row.put("before", maybe(BigDecimal.valueOf(random.nextInt(10_000), 2)));
        row.put(
                "band",
                maybe(List.of("AT_RISK", "WATCH", "HEALTHY", "UNKNOWN", "LEFT").get(random.nextInt(5))));
        row.put("left", maybe(Date.valueOf(TODAY.minusDays(random.nextInt(200)))));
        row.put("signals", maybe(random.nextInt(3)));
        row.put("change", maybe(BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 3)));
        row.put("nps", maybe(random.nextInt(5)));
        database.sql("""
                insert into accounts.overview (account_id, external_id, name, segment, owner_id, owner_name, arr, currency,
                    renews_on, auto_renew, score, score_before, band, left_on, open_signals, usage_change, nps)
                values (:id, :external, :name, :segment, :owner, :owner_name, cast(:arr as numeric), :currency,
                    cast(:renews as date), cast(:auto as boolean), cast(:score as numeric), cast(:before as numeric), :band, cast(:left as date),
                    cast(:signals as int), cast(:change as numeric), cast(:nps as int))
                """).params(row).update();
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextInt(8) == 0 ? null : value;
    }

    private static List<String> ids(List<AccountRow> rows) {
        return rows.stream()
                .map(row -> row.id() + " " + row.text(ListColumn.NAME))
                .toList();
    }

    /** Equal sums of two currencies may stand in either order. */
    private static ListSummary comparable(ListSummary summary) {
        Comparator<Amount> byCurrency = Comparator.comparing(Amount::currency);
        return new ListSummary(
                summary.heading(),
                summary.accounts(),
                summary.arr().stream().sorted(byCurrency).toList(),
                summary.atRisk().stream().sorted(byCurrency).toList(),
                summary.byBand());
    }
}
