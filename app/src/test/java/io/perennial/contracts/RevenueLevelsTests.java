package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.RevenueHistories.History;
import io.perennial.contracts.RevenueHistories.Loss;
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
    private static final int GRACE = 90;
    private static final int HISTORIES = 1_200;

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

    private record Moved(BigDecimal started, BigDecimal ended, String movement) {}

    @Test
    void aThousandHistoriesAgreeWithARecountToTheCent() {
        SplittableRandom chance = new SplittableRandom(20261123);
        Map<UUID, History> histories = new HashMap<>();
        for (int number = 0; number < HISTORIES; number++) {
            History history = RevenueHistories.make(chance);
            histories.put(write("account-" + number, history), history);
        }
        for (int window = 0; window < 12; window++) {
            if (window == 6) {
                while (levels.keep(100) > 0) {
                    Thread.onSpinWait();
                }
                assertThat(count("contracts.revenue_changed")).isZero();
                assertThat(count("contracts.revenue_level")).isGreaterThan(2 * HISTORIES);
            }
            boolean graced = window % 3 != 0;
            LocalDate from = RevenueHistories.FIRST.plusDays(chance.nextInt(0, 900));
            LocalDate until = from.plusDays(chance.nextInt(0, 500));
            LocalDate end = until.isAfter(TODAY) ? TODAY : until;
            Map<UUID, Map<String, Moved>> said = movements(from.isAfter(end) ? end : from, end, graced);
            histories.forEach((account, history) -> compare(
                    account,
                    history,
                    from.isAfter(end) ? end : from,
                    end,
                    graced,
                    said.getOrDefault(account, Map.of())));
        }
    }

    private static void compare(
            UUID account, History history, LocalDate from, LocalDate until, boolean graced, Map<String, Moved> said) {
        int grace = graced ? GRACE : 0;
        Map<String, BigDecimal> started = graced ? history.counted(from, TODAY, grace) : history.running(from);
        Map<String, BigDecimal> ended = graced ? history.counted(until, TODAY, grace) : history.running(until);
        TreeSet<String> currencies = new TreeSet<>(started.keySet());
        currencies.addAll(ended.keySet());
        currencies.addAll(said.keySet());
        for (String currency : currencies) {
            BigDecimal before = started.getOrDefault(currency, BigDecimal.ZERO);
            BigDecimal after = ended.getOrDefault(currency, BigDecimal.ZERO);
            Moved moved = said.getOrDefault(currency, new Moved(BigDecimal.ZERO, BigDecimal.ZERO, "absent"));
            assertThat(moved.started())
                    .as("%s in %s on %s of %s", account, currency, from, history)
                    .isEqualByComparingTo(before);
            assertThat(moved.ended())
                    .as("%s in %s on %s of %s", account, currency, until, history)
                    .isEqualByComparingTo(after);
            if (before.signum() + after.signum() > 0) {
                assertThat(moved.movement())
                        .as("%s in %s from %s to %s of %s", account, currency, from, until, history)
                        .isEqualTo(movement(history, from, started, ended, before, after));
            }
        }
    }

    private static String movement(
            History history,
            LocalDate from,
            Map<String, BigDecimal> started,
            Map<String, BigDecimal> ended,
            BigDecimal before,
            BigDecimal after) {
        if (started.isEmpty()) {
            return Objects.requireNonNull(history.firstRevenue()).isAfter(from) ? "new" : "reactivation";
        }
        if (ended.isEmpty()) {
            return "churn";
        }
        int more = after.compareTo(before);
        return more == 0 ? "same" : more > 0 ? "expansion" : "contraction";
    }

    @Test
    void aPeriodThatIsSplitAddsUpAndEveryAmountIsExplained() {
        SplittableRandom chance = new SplittableRandom(7);
        for (int number = 0; number < 150; number++) {
            write("account-" + number, RevenueHistories.make(chance));
        }
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
        for (int number = 0; number < 100; number++) {
            AccountId account = book.account("account-" + number, "Account " + number);
            histories.put(account, RevenueHistories.make(chance));
        }
        histories.forEach(this::write);
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
        histories.forEach((account, history) -> {
            history.sold().forEach(sold -> changes.add(() -> facts.line(account, sold)));
            history.losses().forEach(loss -> changes.add(() -> facts.lose(account, loss)));
        });
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
        while (levels.keep(50) > 0) {
            Thread.onSpinWait();
        }
    }

    private UUID write(String name, History history) {
        AccountId account = book.account(name, name);
        write(account, history);
        return account.value();
    }

    private void write(AccountId account, History history) {
        facts.write(account, history);
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
                                            row.getString("movement")));
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
