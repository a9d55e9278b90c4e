package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class RecurringRevenueTests {

    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);
    private static final LocalDate JULY = LocalDate.of(2026, 7, 1);

    @Autowired
    JdbcClient database;

    @Autowired
    RecurringRevenue revenue;

    private Book book;
    private AccountId harbor;

    @BeforeEach
    void harborFreightIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
    }

    @ParameterizedTest
    @CsvSource({
        "100, month, subscription, 2027-01-01, 1200",
        "100, quarter, subscription, 2027-01-01, 400",
        "100, year, subscription, 2027-01-01, 100",
        "300, term, subscription, 2029-01-01, 100",
        "300, term, maintenance, 2026-04-01, 1200",
        "100, year, service, 2027-01-01, 100",
        "100, year, perpetual, 2027-01-01, 0",
        "100, month, usage, 2027-01-01, 0",
    })
    void aLineIsWorthInAYear(String amount, String period, String kind, String ends, BigDecimal annual) {
        book.line(harbor, amount, "2026-01-01").per(period).of(kind).until(ends).add();

        assertThat(revenue.on(JANUARY))
                .singleElement()
                .satisfies(eur -> assertThat(eur.annual()).isEqualByComparingTo(annual));
    }

    @Test
    void twelveLinesOfAHundredAYearMakeAHundredAMonthExactly() {
        for (int line = 0; line < 12; line++) {
            book.line(harbor, "100", "2026-01-01").per("year").add();
        }

        assertThat(revenue.on(JANUARY).getFirst().monthly()).isEqualByComparingTo("100");
    }

    @Test
    void theDayOfTheEndIsNotCoveredAnyMore() {
        book.line(harbor, "100", "2026-01-01").until("2026-07-01").add();

        assertThat(revenue.on(JANUARY.minusDays(1))).isEmpty();
        assertThat(revenue.on(JANUARY)).hasSize(1);
        assertThat(revenue.on(JULY.minusDays(1))).hasSize(1);
        assertThat(revenue.on(JULY)).isEmpty();
    }

    @Test
    void currenciesAreNeverAddedTogether() {
        book.line(harbor, "100", "2026-01-01").add();
        book.line(harbor, "70", "2026-01-01").in("USD").add();

        assertThat(revenue.on(JANUARY)).extracting(Revenue::currency).containsExactly("EUR", "USD");
    }

    @Test
    void anAccountThatSwapsOneLineForADearerOneExpandsByTheDifference() {
        book.line(harbor, "100", "2026-01-01").until("2026-03-01").add();
        book.line(harbor, "130", "2026-03-01").add();

        assertThat(revenue.movement(JANUARY, JULY)).singleElement().satisfies(moved -> {
            assertThat(moved.expansion()).isEqualByComparingTo("360");
            assertThat(moved.churned()).isZero();
            assertThat(moved.arrived()).isZero();
            assertThat(moved.netRetention()).isEqualByComparingTo("1.3");
            assertThat(moved.grossRetention()).isEqualByComparingTo("1");
        });
    }

    @Test
    void whereNothingWasThereIsNothingToRetain() {
        book.line(harbor, "100", "2026-05-01").add();

        assertThat(revenue.movement(JANUARY, JULY)).singleElement().satisfies(moved -> {
            assertThat(moved.arrived()).isEqualByComparingTo("1200");
            assertThat(moved.netRetention()).isNull();
            assertThat(moved.logoRetention()).isNull();
        });
    }

    /** Property: whatever was sold, the movements explain the difference to the last digit. */
    @Test
    void startAndMovementsMakeTheEndForAnyBook() {
        SplittableRandom chance = new SplittableRandom(20261124);
        List<AccountId> accounts = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            accounts.add(book.account("account-" + number, "Account " + number));
        }
        String[] periods = {"month", "quarter", "year", "term"};
        for (int number = 0; number < 300; number++) {
            LocalDate starts = JANUARY.plusDays(chance.nextInt(0, 700));
            BigDecimal amount = BigDecimal.valueOf(chance.nextLong(-500, 100_000), 2);
            Book.Line line = book.line(
                            accounts.get(chance.nextInt(accounts.size())), amount.toPlainString(), starts.toString())
                    .per(periods[chance.nextInt(periods.length)])
                    .in(chance.nextBoolean() ? "EUR" : "USD");
            if (chance.nextInt(4) > 0) {
                line.until(starts.plusDays(chance.nextInt(1, 500)).toString());
            }
            line.add();
        }
        for (int window = 0; window < 100; window++) {
            LocalDate from = JANUARY.plusDays(chance.nextInt(-30, 800));
            LocalDate to = from.plusDays(chance.nextInt(0, 500));
            for (Movement moved : revenue.movement(from, to)) {
                assertThat(moved.start()
                                .add(moved.arrived())
                                .add(moved.expansion())
                                .subtract(moved.contraction())
                                .subtract(moved.churned()))
                        .isEqualByComparingTo(moved.end());
                assertThat(moved.end()).isEqualByComparingTo(on(to, moved.currency()));
                assertThat(moved.start()).isEqualByComparingTo(on(from, moved.currency()));
                assertThat(moved.accountsKept()).isLessThanOrEqualTo(moved.accountsStart());
                if (moved.grossRetention() != null) {
                    assertThat(moved.grossRetention()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
                }
            }
        }
    }

    private BigDecimal on(LocalDate day, String currency) {
        return revenue.on(day).stream()
                .filter(sum -> sum.currency().equals(currency))
                .map(Revenue::annual)
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }
}
