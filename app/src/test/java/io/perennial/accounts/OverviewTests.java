package io.perennial.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.PerennialTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class OverviewTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Overview overview;

    @Autowired
    Changes changes;

    @Autowired
    MovableClock clock;

    private Book book;
    private AccountId harbor;

    @BeforeEach
    void harborFreightIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
    }

    @Test
    void showsRevenueSeatsAndTheNextEndOfWhatRuns() {
        book.line(harbor, "1200", "2026-01-01").until("2027-01-01").seats(50).add();
        book.line(harbor, "6000", "2026-01-01").per("year").until("2026-12-15").add();
        book.line(harbor, "900", "2025-01-01").until("2026-01-01").seats(10).add();
        book.line(harbor, "900", "2027-01-01").until("2028-01-01").seats(10).add();

        overview.refresh(List.of(harbor), TODAY);

        Map<String, @Nullable Object> row = row();
        assertThat((BigDecimal) row.get("arr")).isEqualByComparingTo("20400");
        assertThat(row)
                .containsEntry("name", "Harbor Freight Lines")
                .containsEntry("currency", "EUR")
                .containsEntry("seats", 50)
                .containsEntry("renews_on", Date.valueOf("2026-12-15"));
    }

    @Test
    void anEndThatWasCutShortLaterIsNotKnownBefore() {
        book.line(harbor, "100", "2026-01-01")
                .until("2026-12-01")
                .agreedUntil("2027-01-01")
                .seats(5)
                .add();

        overview.refresh(List.of(harbor), TODAY);

        assertThat(row()).containsEntry("renews_on", Date.valueOf("2027-01-01"));
    }

    @Test
    void theLargestCurrencySpeaksForAnAccountBilledInTwo() {
        book.line(harbor, "100", "2026-01-01").in("USD").seats(5).add();
        book.line(harbor, "300", "2026-01-01").seats(5).add();

        overview.refresh(List.of(harbor), TODAY);

        assertThat((BigDecimal) row().get("arr")).isEqualByComparingTo("3600");
        assertThat(row()).containsEntry("currency", "EUR").containsEntry("renews_on", null);
    }

    @Test
    void anUnchangedAccountIsNotWrittenAgain() {
        book.line(harbor, "100", "2026-01-15")
                .per("term")
                .until("2026-12-25")
                .seats(5)
                .add();
        overview.refresh(List.of(harbor), TODAY);
        Object refreshed = row().get("refreshed_at");

        clock.moveBy(Duration.ofHours(1));
        overview.refresh(List.of(harbor), TODAY);

        assertThat(row().get("refreshed_at")).isEqualTo(refreshed);
    }

    @Test
    void whatNoSourceKnowsAnyMoreIsClearedAgain() {
        book.line(harbor, "100", "2026-01-01").seats(5).add();
        overview.refresh(List.of(harbor), TODAY);
        database.sql("delete from contracts.contract_line").update();

        overview.refreshAll(TODAY);

        assertThat(row()).containsEntry("arr", null).containsEntry("seats", null);
    }

    @Test
    void anAccountMarkedTwiceWaitsOnceSinceTheFirstTime() {
        changes.mark(List.of(harbor));
        clock.moveBy(Duration.ofMinutes(5));
        changes.mark(List.of(harbor, harbor));

        assertThat(database.sql("select marked_at from accounts.changed")
                        .query(OffsetDateTime.class)
                        .list())
                .singleElement()
                .satisfies(marked -> assertThat(marked.toInstant()).isEqualTo(MovableClock.START));
    }

    private Map<String, @Nullable Object> row() {
        return database.sql("select * from accounts.overview where account_id = ?")
                .param(harbor.value())
                .query()
                .singleRow();
    }
}
