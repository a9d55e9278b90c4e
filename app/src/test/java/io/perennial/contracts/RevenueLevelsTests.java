package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perennial.contracts.RevenueHistories.Counted;
import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Loss;
import io.perennial.contracts.RevenueHistories.Ways;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each account brought on each day, and how it moved between two, against a recount day by day. */
@PerennialTest
class RevenueLevelsTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final int GRACE = RevenueHistories.GRACE;

    /** What fits into a build; {@code -Dperennial.histories=10000} is the whole of it. */
    private static final int HISTORIES = Integer.getInteger("perennial.histories", 800);

    @Autowired
    JdbcClient database;

    @Autowired
    RevenueLevels levels;

    private Book book;
    private HistoryBook facts;

    @BeforeEach
    void anEmptyBook() {
        book = new Book(database);
        facts = new HistoryBook(database, book);
    }

    private record Moved(BigDecimal started, BigDecimal ended, String movement, BigDecimal priced) {}

    @Test
    void thousandsOfHistoriesAgreeWithARecountToTheCent() {
        SplittableRandom chance = new SplittableRandom(20261123);
        List<History> histories = new ArrayList<>();
        for (int number = 0; number < HISTORIES; number++) {
            histories.add(RevenueHistories.make(chance));
        }
        List<UUID> accounts = facts.writeAll(histories);
        Map<UUID, Counted> usual = counted(accounts, histories, Ways.USUAL);
        for (int window = 0; window < 3; window++) {
            compareAll(usual, chance, window % 3 != 0);
        }
        keepAll();
        assertThat(count("contracts.revenue_changed")).isZero();
        assertThat(count("contracts.revenue_level")).isGreaterThan(2 * HISTORIES);
        for (int window = 0; window < 6; window++) {
            compareAll(usual, chance, window % 3 != 0);
        }
        database.sql(
                        "insert into contracts.revenue_rule (grace_days, silence, discounts) values (:days, 'lapsed', 'all')")
                .param("days", GRACE)
                .update();
        keepAll();
        Map<UUID, Counted> strict = counted(accounts, histories, new Ways(false, true));
        for (int window = 0; window < 3; window++) {
            compareAll(strict, chance, window % 3 != 0);
        }
    }

    private static Map<UUID, Counted> counted(List<UUID> accounts, List<History> histories, Ways ways) {
        Map<UUID, Counted> counted = new HashMap<>();
        for (int place = 0; place < accounts.size(); place++) {
            counted.put(accounts.get(place), histories.get(place).counted(ways));
        }
        return counted;
    }

    private void compareAll(Map<UUID, Counted> histories, SplittableRandom chance, boolean graced) {
        LocalDate from = RevenueHistories.FIRST.plusDays(chance.nextInt(0, 900));
        LocalDate until = from.plusDays(chance.nextInt(0, 500));
        LocalDate end = until.isAfter(TODAY) ? TODAY : until;
        LocalDate start = from.isAfter(end) ? end : from;
        Map<UUID, Map<String, Moved>> said = movements(start, end, graced);
        histories.forEach((account, history) ->
                compare(account, history, start, end, graced, said.getOrDefault(account, Map.of())));
    }

    private static void compare(
            UUID account, Counted history, LocalDate from, LocalDate until, boolean graced, Map<String, Moved> said) {
        LocalDate first = history.standing(from, TODAY, graced ? GRACE : 0);
        LocalDate last = history.standing(until, TODAY, graced ? GRACE : 0);
        Map<String, BigDecimal> started = history.running(first);
        Map<String, BigDecimal> ended = history.running(last);
        TreeSet<String> currencies = new TreeSet<>(started.keySet());
        currencies.addAll(ended.keySet());
        currencies.addAll(said.keySet());
        for (String currency : currencies) {
            BigDecimal before = started.getOrDefault(currency, BigDecimal.ZERO);
            BigDecimal after = ended.getOrDefault(currency, BigDecimal.ZERO);
            Moved moved =
                    said.getOrDefault(currency, new Moved(BigDecimal.ZERO, BigDecimal.ZERO, "absent", BigDecimal.ZERO));
            String where = "%s in %s from %s to %s, graced %s, of %s"
                    .formatted(account, currency, from, until, graced, history.history());
            assertThat(moved.started()).as("start of %s", where).isEqualByComparingTo(before);
            assertThat(moved.ended()).as("end of %s", where).isEqualByComparingTo(after);
            if (before.signum() + after.signum() > 0) {
                BigDecimal priced = before.signum() > 0 && after.signum() > 0
                        ? history.priced(currency, first, last)
                        : BigDecimal.ZERO;
                String movement = movement(history, from, started, ended, before, after, priced);
                assertThat(moved.movement()).as("movement of %s", where).isEqualTo(movement);
                BigDecimal more = after.subtract(before);
                assertThat(moved.priced())
                        .as("agreed prices of %s", where)
                        .isEqualByComparingTo(
                                movement.equals("price_escalator")
                                        ? more
                                        : movement.equals("expansion") ? priced.max(BigDecimal.ZERO) : BigDecimal.ZERO);
            }
        }
    }

    private static String movement(
            Counted history,
            LocalDate from,
            Map<String, BigDecimal> started,
            Map<String, BigDecimal> ended,
            BigDecimal before,
            BigDecimal after,
            BigDecimal priced) {
        if (started.isEmpty()) {
            return Objects.requireNonNull(history.firstRevenue()).isAfter(from) ? "new" : "reactivation";
        }
        if (ended.isEmpty()) {
            return "churn";
        }
        BigDecimal more = after.subtract(before);
        if (more.signum() > 0) {
            return priced.compareTo(more) >= 0 ? "price_escalator" : "expansion";
        }
        return more.signum() == 0 ? "same" : "contraction";
    }

    /** Any two of them may become one customer: what both brought goes on, and nothing comes or goes by it. */
    @Test
    void accountsThatBecameOneAgreeWithTheRecountOfBothTogether() {
        SplittableRandom chance = new SplittableRandom(4);
        List<History> histories = new ArrayList<>();
        for (int number = 0; number < 150; number++) {
            histories.add(RevenueHistories.make(chance));
        }
        List<UUID> accounts = facts.writeAll(histories);
        keepAll();
        Map<UUID, Counted> merged = new HashMap<>();
        for (int place = 0; place < accounts.size(); place += 3) {
            // The second into the first, and every other time the third into the second.
            boolean three = place % 2 == 0;
            merge(accounts.get(place + 1), accounts.get(place));
            History one = histories.get(place).and(histories.get(place + 1));
            if (three) {
                merge(accounts.get(place + 2), accounts.get(place + 1));
                one = one.and(histories.get(place + 2));
            } else {
                merged.put(accounts.get(place + 2), histories.get(place + 2).counted(Ways.USUAL));
            }
            merged.put(accounts.get(place), one.counted(Ways.USUAL));
        }
        compareAll(merged, chance, true);
        keepAll();
        for (int window = 0; window < 6; window++) {
            compareAll(merged, chance, window % 2 == 0);
        }
        assertThat(database.sql("select count(distinct account_id) from contracts.revenue")
                        .query(Long.class)
                        .single())
                .isLessThanOrEqualTo(merged.size());
        database.sql("delete from contracts.account_merger").update();
        Map<UUID, Counted> apart = counted(accounts, histories, Ways.USUAL);
        compareAll(apart, chance, true);
        keepAll();
        compareAll(apart, chance, false);
    }

    private void merge(UUID account, UUID into) {
        database.sql("""
                insert into contracts.account_merger (id, external_id, account_id, into_id, merged_on, created_at, updated_at)
                values (gen_random_uuid(), gen_random_uuid()::text, :account, :into, '2026-01-01', now(), now())
                """).param("account", account).param("into", into).update();
    }

    /** All in another currency at a rate is the same figures, and without grace merging moves no sum of customers without credits. */
    @Test
    void anotherCurrencyAndMergedAccountsChangeNoSum() {
        SplittableRandom chance = new SplittableRandom(5);
        List<History> histories = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            histories.add(RevenueHistories.make(chance));
        }
        List<UUID> accounts = facts.writeAll(histories);
        database.sql("update contracts.contract_line set amount = abs(amount), currency = 'EUR', auto_renew = false,"
                        + " escalator = null, discount_ends_on = null")
                .update();
        database.sql("update contracts.contract set replaces = null").update();
        keepAll();
        LocalDate from = LocalDate.of(2025, 2, 28);
        LocalDate until = LocalDate.of(2026, 3, 31);
        Sums plain = sums(from, until, false);
        database.sql("insert into contracts.exchange_rate values ('EUR', 1, true), ('JPY', 160, false)")
                .update();
        database.sql("update contracts.contract_line set amount = amount * 160, currency = 'JPY'")
                .update();
        keepAll();
        Sums yen = sums(from, until, false);
        assertThat(yen.started()).isCloseTo(plain.started(), within(new BigDecimal("0.0001")));
        assertThat(yen.moved()).isCloseTo(plain.moved(), within(new BigDecimal("0.0001")));
        for (int place = 0; place < accounts.size(); place += 2) {
            merge(accounts.get(place + 1), accounts.get(place));
        }
        Sums merged = sums(from, until, false);
        assertThat(merged.started()).isCloseTo(plain.started(), within(new BigDecimal("0.0001")));
        assertThat(merged.ended()).isCloseTo(plain.ended(), within(new BigDecimal("0.0001")));
    }

    @Test
    void aPeriodThatIsSplitAddsUpAndEveryAmountIsExplained() {
        SplittableRandom chance = new SplittableRandom(7);
        for (int number = 0; number < 150; number++) {
            facts.write("account-" + number, RevenueHistories.make(chance));
        }
        keepAll();
        for (int round = 0; round < 20; round++) {
            LocalDate from = RevenueHistories.FIRST.plusDays(chance.nextInt(0, 500));
            LocalDate middle = from.plusDays(chance.nextInt(0, 250));
            LocalDate until = middle.plusDays(chance.nextInt(0, 250));
            boolean graced = chance.nextBoolean();
            Sums whole = sums(from, until, graced);
            Sums first = sums(from, middle, graced);
            Sums second = sums(middle, until, graced);
            assertThat(first.ended()).isEqualByComparingTo(second.started());
            assertThat(whole.started()).isEqualByComparingTo(first.started());
            assertThat(whole.ended()).isEqualByComparingTo(second.ended());
            assertThat(whole.moved()).isEqualByComparingTo(first.moved().add(second.moved()));
            assertThat(whole.started().add(whole.moved())).isEqualByComparingTo(whole.ended());
        }
    }

    @Test
    void theOrderInWhichFactsComeChangesNothingAndDerivingAgainGivesTheSame() {
        SplittableRandom chance = new SplittableRandom(11);
        Map<AccountId, History> histories = new HashMap<>();
        Map<AccountId, List<Runnable>> pending = new HashMap<>();
        for (int number = 0; number < 100; number++) {
            AccountId account = book.account("account-" + number, "Account " + number);
            histories.put(account, RevenueHistories.make(chance));
        }
        histories.forEach((account, history) -> pending.put(account, facts.facts(account, history)));
        pending.values().forEach(all -> all.forEach(Runnable::run));
        keepAll();
        List<String> once = kept();
        levels.forget();
        assertThat(count("contracts.revenue_level")).isZero();
        keepAll();
        assertThat(kept()).isEqualTo(once);

        database.sql("delete from contracts.contract_line").update();
        database.sql("delete from contracts.cancellation").update();
        keepAll();
        assertThat(kept()).isEmpty();
        List<Runnable> changes = new ArrayList<>();
        pending.values().forEach(changes::addAll);
        Collections.shuffle(changes, new Random(3));
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).run();
            if (i % 100 == 0) {
                keepAll();
            }
        }
        keepAll();
        assertThat(kept()).isEqualTo(once);
    }

    @Test
    void whatIsKeptIsWhatReadersDeriveForThemselves() {
        AccountId harbor = book.account("harbor", "Harbor Freight Lines");
        UUID line = book.line(harbor, "100", "2026-01-01").until("2026-07-01").add();
        keepAll();
        database.sql("update contracts.contract_line set ends_on = '2026-08-01', amount = 200 where id = :id")
                .param("id", line)
                .update();

        assertThat(count("contracts.revenue_changed")).isEqualTo(1);
        assertThat(shown()).containsExactly("2026-01-01 2026-08-01 2400 running", "2026-08-01 2026-10-30 2400 lapsed");
        keepAll();
        assertThat(shown()).containsExactly("2026-01-01 2026-08-01 2400 running", "2026-08-01 2026-10-30 2400 lapsed");
        database.sql("update contracts.contract_line set product = 'Other' where id = :id")
                .param("id", line)
                .update();
        keepAll();
        database.sql("update contracts.contract_line set seats = 7 where id = :id")
                .param("id", line)
                .update();
        assertThat(count("contracts.revenue_changed")).isZero();
        database.sql("insert into contracts.revenue_rule (grace_days) values (10)")
                .update();
        assertThat(shown()).containsExactly("2026-01-01 2026-08-01 2400 running", "2026-08-01 2026-08-11 2400 lapsed");
        facts.lose(harbor, new Loss(LocalDate.of(2026, 8, 1), false));
        assertThat(shown()).containsExactly("2026-01-01 2026-08-01 2400 running");
    }

    @Test
    void aPriceThatRisesEachYearIsExpansionOnTheAnniversary() {
        AccountId harbor = book.account("harbor", "Harbor Freight Lines");
        book.line(harbor, "1000", "2024-02-29")
                .per("year")
                .until("2027-02-28")
                .dearerEachYear(new BigDecimal("0.05"))
                .add();

        assertThat(shown())
                .containsExactly(
                        "2024-02-29 2025-02-28 1000 running",
                        "2025-02-28 2026-02-28 1050.0000 running",
                        "2026-02-28 2027-02-28 1102.5000 running",
                        "2027-02-28 2027-05-29 1102.5000 lapsed");
        database.sql("update contracts.contract_line set escalator = 0").update();
        assertThat(shown()).startsWith("2024-02-29 2027-02-28 1000 running");
    }

    private List<String> shown() {
        return database.sql("""
                select concat_ws(' ', from_day, until_day, annual, state) from contracts.revenue order by from_day
                """)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    private List<String> kept() {
        return database.sql("""
                select concat_ws(' ', a.external_id, currency, from_day, until_day, annual, state, first_on)
                from contracts.revenue_level l join accounts.account a on a.id = l.account_id order by 1
                """)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    private void keepAll() {
        while (levels.keep(500) > 0) {
            Thread.onSpinWait();
        }
    }

    private Map<UUID, Map<String, Moved>> movements(LocalDate from, LocalDate until, boolean graced) {
        Map<UUID, Map<String, Moved>> all = new HashMap<>();
        database.sql("select * from contracts.revenue_movements(:from, :until, :today, :graced)")
                .param("from", from)
                .param("until", until)
                .param("today", TODAY)
                .param("graced", graced)
                .query(row -> {
                    @Nullable
                    Moved twice = all.computeIfAbsent(row.getObject("account_id", UUID.class), one -> new TreeMap<>())
                            .put(
                                    row.getString("currency"),
                                    new Moved(
                                            row.getBigDecimal("started"),
                                            row.getBigDecimal("ended"),
                                            row.getString("movement"),
                                            row.getBigDecimal("priced")));
                    assertThat(twice).isNull();
                });
        return all;
    }

    private record Sums(BigDecimal started, BigDecimal ended, BigDecimal moved) {}

    private Sums sums(LocalDate from, LocalDate until, boolean graced) {
        return database.sql("""
                select coalesce(sum(started), 0) as started, coalesce(sum(ended), 0) as ended,
                    coalesce(sum(ended - started) filter (where movement <> 'same'), 0) as moved
                from contracts.revenue_movements(:from, :until, :today, :graced)
                """)
                .param("from", from)
                .param("until", until)
                .param("today", TODAY)
                .param("graced", graced)
                .query((row, number) -> new Sums(row.getBigDecimal(1), row.getBigDecimal(2), row.getBigDecimal(3)))
                .single();
    }

    private long count(String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }
}
