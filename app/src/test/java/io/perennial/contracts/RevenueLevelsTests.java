package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of the revenue of each day: whole however it is split, merged or derived. Its amounts are {@link RevenueRecountTests}. */
@PerennialTest
class RevenueLevelsTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

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

    /** Its functions are made from those for all and have a plan of their own: whoever changes those, makes these anew. */
    @Test
    void ofAFewAccountsTheLedgerSaysWhatItSaysOfAll() {
        SplittableRandom chance = new SplittableRandom(11);
        List<History> histories = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            histories.add(RevenueHistories.make(chance));
        }
        List<UUID> accounts = facts.writeAll(histories);
        facts.merge(accounts.get(1), accounts.get(0));

        for (String ledger : List.of("lines%s(a)", "levels%s(a, 0)")) {
            String read = """
                    select coalesce(array_agg(to_jsonb(r) order by to_jsonb(r)), '{}')::text
                    from (select array[:account]::uuid[] as a) own cross join lateral contracts.""" + ledger + " r";
            for (UUID account : accounts) {
                assertThat(ledger(read.formatted("_of_few"), account)).isEqualTo(ledger(read.formatted(""), account));
            }
        }
        assertThat(database.sql("""
                        select replace(few.prosrc, '_of_few', '') = of_all.prosrc
                        from pg_proc few
                        join pg_proc of_all on of_all.pronamespace = few.pronamespace
                            and few.proname = of_all.proname || '_of_few' and of_all.proargtypes = few.proargtypes
                        where few.pronamespace = 'contracts'::regnamespace
                        """).query(Boolean.class).list()).containsExactly(true, true);
    }

    private String ledger(String sql, UUID account) {
        return database.sql(sql).param("account", account).query(String.class).single();
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
            facts.merge(accounts.get(place + 1), accounts.get(place));
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
