package io.perennial.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.contracts.HistoryBook;
import io.perennial.contracts.RevenueHistories;
import io.perennial.contracts.RevenueLevels;
import io.perennial.metrics.revenue.Cohorts;
import io.perennial.metrics.revenue.Ledgers;
import io.perennial.metrics.revenue.Move;
import io.perennial.metrics.revenue.RevenueBoard;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Months and cohorts of the whole company come from sums that are kept; those of one member's customers from the customers. A member who
 * looks after everybody sees the same.
 */
@PerennialTest
class KeptSumsTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    RevenueLevels levels;

    @Autowired
    RevenueBoard board;

    @Autowired
    Cohorts cohorts;

    @Autowired
    Metrics metrics;

    private HistoryBook facts;
    private UUID owner;

    @BeforeEach
    void aMemberWhoLooksAfterEverybody() {
        Book book = new Book(database);
        facts = new HistoryBook(database, book);
        owner = book.member("Ana Reyes");
        SplittableRandom chance = new SplittableRandom(20261123);
        for (int number = 0; number < 250; number++) {
            facts.write("account-" + number, RevenueHistories.make(chance));
        }
        database.sql("update accounts.account set owner_id = :owner")
                .param("owner", owner)
                .update();
    }

    @Test
    void sumsOfMonthsAndCohortsAreThoseOfTheCustomers() {
        keepAll();
        assertSame();
        // Some change and are not kept yet.
        database.sql("""
                update contracts.contract_line set amount = amount * 2, ends_on = ends_on - 40
                where account_id in (select id from accounts.account where external_id like '%7')
                  and ends_on - 40 > starts_on and coalesce(period, 'month') <> 'term'
                """).update();
        assertSame();
        keepAll();
        assertSame();
        database.sql("delete from contracts.contract_line where account_id in"
                        + " (select id from accounts.account where external_id like '%3')")
                .update();
        keepAll();
        assertSame();
        database.sql("insert into contracts.exchange_rate values ('EUR', 1, true), ('USD', 1.1, false)")
                .update();
        assertSame();
    }

    @Test
    void whatIsTakenOutOfTheSumsIsWhatWasAdded() {
        keepAll();
        assertThat(leftOver()).isPositive();
        database.sql("delete from contracts.contract_line").update();
        keepAll();
        assertThat(leftOver()).isZero();
    }

    private long leftOver() {
        return database.sql("""
                select (select count(*) from contracts.revenue_month where customers <> 0 or amount <> 0)
                    + (select count(*) from contracts.revenue_cohort where customers <> 0 or amount <> 0)
                """).query(Long.class).single();
    }

    private void assertSame() {
        String[][] periods = {
            {"2024-01-01", "2026-12-01"},
            {"2025-11-25", "2026-11-25"},
            {"2024-02-29", "2026-03-01"},
            {"2026-09-30", "2026-11-02"},
            {"2023-01-01", "2027-06-01"}
        };
        for (String[] period : periods) {
            LocalDate from = LocalDate.parse(period[0]);
            LocalDate until = LocalDate.parse(period[1]);
            for (boolean graced : new boolean[] {true, false}) {
                assertThat(months(question("nrr", from, until, null), graced))
                        .as("months from %s to %s, graced %s", from, until, graced)
                        .isEqualTo(months(question("nrr", from, until, owner), graced));
            }
            assertThat(cohorts(question("cohort_retention", from, until, null)))
                    .as("cohorts from %s to %s", from, until)
                    .isEqualTo(cohorts(question("cohort_retention", from, until, owner)));
        }
    }

    private Question question(String metric, LocalDate from, LocalDate until, @Nullable UUID of) {
        Question whole = metrics.question(metrics.find(metric).orElseThrow(), "", from, until, null, null);
        assertThat(LocalDate.ofInstant(whole.asOf(), java.time.ZoneOffset.UTC)).isEqualTo(TODAY);
        assertThat(MovableClock.START).isEqualTo(whole.asOf());
        return new Question(whole.definition(), from, until, whole.asOf(), null, null, of);
    }

    private Map<String, List<String>> months(Question question, boolean graced) {
        Map<String, List<String>> said = new LinkedHashMap<>();
        board.months(question, graced).forEach((month, ledgers) -> said.put(month, words(ledgers)));
        return said;
    }

    private static List<String> words(Ledgers ledgers) {
        List<String> words = new ArrayList<>();
        ledgers.each().forEach(ledger -> {
            StringBuilder all = new StringBuilder(ledger.currency())
                    .append(" of " + ledger.customersStart() + " kept " + ledger.customersKept() + " now "
                            + ledger.customersEnd() + " within " + ledger.customersWithin())
                    .append(" from " + cents(ledger.start()) + " to " + cents(ledger.end()) + " smaller "
                            + cents(ledger.smaller()));
            for (Move move : Move.values()) {
                all.append("; " + move.key() + " " + ledger.rows(move) + " " + cents(ledger.moved(move)));
            }
            words.add(all.toString());
        });
        return words;
    }

    private List<String> cohorts(Question question) {
        return cohorts.read(question, 36).stream()
                .map(cohort -> cohort.month() + " "
                        + cohort.cells().stream()
                                .map(cell -> cell.customers() + " " + amounts(cell.annual()))
                                .toList())
                .toList();
    }

    private static Map<String, BigDecimal> amounts(Map<String, BigDecimal> annual) {
        Map<String, BigDecimal> amounts = new java.util.TreeMap<>();
        annual.forEach((currency, amount) -> amounts.put(currency, cents(amount)));
        return amounts;
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(6, RoundingMode.HALF_UP);
    }

    private void keepAll() {
        while (levels.keep(90) > 0) {
            Thread.onSpinWait();
        }
    }
}
