package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import io.perennial.world.SharedData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures that the authors of public data sets state for them come out exactly. */
@PerennialTest
class PublishedRevenueTests {

    @Autowired
    JdbcClient database;

    @Autowired
    RecurringRevenue revenue;

    @Test
    void theMovementsOfChurnSimComeOutExactly() throws IOException {
        Book book = new Book(database);
        Map<String, AccountId> accounts = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(SharedData.open("churnsim-crm/subscriptions.csv.gz"))) {
            for (NamedCsvRecord row : rows) {
                AccountId account =
                        accounts.computeIfAbsent(row.getField("account_id"), name -> book.account(name, name));
                book.line(account, row.getField("mrr"), row.getField("start_date"))
                        .until(row.getField("end_date"))
                        .agreedUntil(row.getField("scheduled_end_date"))
                        .product(row.getField("plan"))
                        .in("USD")
                        .add();
            }
        }

        assertThat(revenue.on(LocalDate.of(2022, 12, 31))).singleElement().satisfies(december -> {
            assertThat(december.monthly()).isEqualByComparingTo("396474");
            assertThat(december.lines()).isEqualTo(820);
            assertThat(december.accounts()).isEqualTo(495);
        });
        moved("2022-03-31", "2022-06-30", "280110 331699 19405 2298 43147 30145 .922520 1.076556 .894988");
        moved("2022-06-30", "2022-12-31", "331699 396474 41416 2945 21944 87192 .866261 .932418 .793023");
        moved("2022-03-31", "2023-03-31", "280110 428240 71128 2690 46863 175085 .736468 .903770 .649165");
        moved("2022-06-30", "2023-06-30", "331699 480821 76413 3045 28763 199817 .760451 .847166 .667442");
    }

    @Test
    void theRevenueOfRavenStackComesOutExactly() throws IOException {
        Book book = new Book(database);
        Map<String, AccountId> accounts = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(SharedData.open("ravenstack/subscriptions.csv.gz"))) {
            for (NamedCsvRecord row : rows) {
                AccountId account =
                        accounts.computeIfAbsent(row.getField("account_id"), name -> book.account(name, name));
                Book.Line line = book.line(account, row.getField("mrr_amount"), row.getField("start_date"))
                        .in("USD");
                if (!row.getField("end_date").isEmpty()) {
                    line.until(row.getField("end_date"));
                }
                line.add();
            }
        }

        on("2023-06-30", 86, 157_538, 47);
        on("2023-12-31", 433, 914_815, 135);
        on("2024-06-30", 1_235, 2_822_621, 242);
        on("2024-12-31", 3_279, 7_507_417, 362);
    }

    private void on(String day, int lines, long monthly, int accounts) {
        assertThat(revenue.on(LocalDate.parse(day))).singleElement().satisfies(sum -> {
            assertThat(sum.lines()).isEqualTo(lines);
            assertThat(sum.monthly()).isEqualByComparingTo(BigDecimal.valueOf(monthly));
            assertThat(sum.accounts()).isEqualTo(accounts);
        });
    }

    /** Expected, as published: start, end, churned, contraction, expansion, new, GRR, NRR, logo. */
    private void moved(String from, String to, String expected) {
        assertThat(revenue.movement(LocalDate.parse(from), LocalDate.parse(to)))
                .singleElement()
                .satisfies(moved -> assertThat(String.join(
                                " ",
                                month(moved.start()),
                                month(moved.end()),
                                month(moved.churned()),
                                month(moved.contraction()),
                                month(moved.expansion()),
                                month(moved.arrived()),
                                rate(moved.grossRetention()),
                                rate(moved.netRetention()),
                                rate(moved.logoRetention())))
                        .isEqualTo(expected));
    }

    private static String month(BigDecimal annual) {
        return RecurringRevenue.monthly(annual)
                .setScale(0, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private static String rate(@org.jspecify.annotations.Nullable BigDecimal rate) {
        return rate == null
                ? "-"
                : rate.setScale(6, RoundingMode.HALF_UP).toPlainString().replaceFirst("^0", "");
    }
}
