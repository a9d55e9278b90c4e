package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of those who gave notice, read from the ledger of revenue. Today is 24 November 2026. */
@PerennialTest
class LossesTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Losses losses;

    @Autowired
    People people;

    private Book book;
    private Leaving leaving;

    @BeforeEach
    void anEmptyBook() {
        book = new Book(database);
        leaving = new Leaving(database);
    }

    private String outcome(UUID loss) {
        return database.sql("""
                select outcome || ' ' || lost_on || ' ' || coalesce(back_on::text, '-')
                from cancellations.losses('2020-01-01', '2030-01-01', :today) where id = :id
                """)
                .param("today", TODAY)
                .param("id", loss)
                .query(String.class)
                .single();
    }

    @Test
    void theDayOfLossIsWhenRevenueStops() {
        AccountId harbor = book.account("harbor", "Harbor Freight");
        book.line(harbor, "100", "2025-01-01").until("2026-04-01").add();

        assertThat(outcome(leaving.notice(harbor, "2026-01-15", null, "cost"))).isEqualTo("gone 2026-04-01 -");
        assertThat(outcome(leaving.notice(harbor, "2026-01-15", "2026-04-01", "cost")))
                .isEqualTo("gone 2026-04-01 -");
        assertThat(outcome(leaving.notice(harbor, "2026-05-01", null, "cost"))).isEqualTo("gone 2026-05-01 -");
    }

    @Test
    void whoIsUnderNoticeIsNotLostYetAndWhoRunsOnStayed() {
        AccountId harbor = book.account("harbor", "Harbor Freight");
        book.line(harbor, "100", "2025-01-01").until("2027-01-01").add();
        assertThat(outcome(leaving.notice(harbor, "2026-11-01", null, "cost"))).isEqualTo("notice 2027-01-01 -");

        AccountId kiva = book.account("kiva", "Kiva");
        book.line(kiva, "100", "2024-01-01").add();
        assertThat(outcome(leaving.notice(kiva, "2025-06-01", "2025-09-01", "cost")))
                .isEqualTo("stayed 2025-09-01 -");
        assertThat(outcome(leaving.notice(book.account("unsold", "Unsold"), "2026-06-01", null, "cost")))
                .isEqualTo("gone 2026-06-01 -");
    }

    @Test
    void whoBuysAgainAfterAGapCameBack() {
        AccountId harbor = book.account("harbor", "Harbor Freight");
        book.line(harbor, "100", "2025-01-01").until("2026-04-01").add();
        book.line(harbor, "80", "2026-09-15").add();

        assertThat(outcome(leaving.notice(harbor, "2026-03-01", null, "cost"))).isEqualTo("back 2026-04-01 2026-09-15");
    }

    @Test
    void lossesAreCountedByCustomersAndMoneyIsKeptByCurrency() {
        AccountId harbor = lost("harbor", "100", "EUR", "2026-04-01", "cost", "SMB");
        book.line(harbor, "50", "2026-08-01").in("EUR").add();
        lost("kiva", "10", "USD", "2026-06-01", "pricing", "SMB");
        lost("tamm", "20", "EUR", "2026-06-01", "competitor", "Enterprise");
        LossQuestion year = question(LossCut.REASON);

        LossFigures figures = losses.figures(year);

        assertThat(figures.total().customers()).isEqualTo(3);
        assertThat(figures.total().back()).isEqualTo(1);
        assertThat(figures.groups().stream().map(group -> group.name() + " " + group.customers()))
                .containsExactly("Cost 2", "Competitor 1");
        assertThat(figures.groups().getFirst().money().stream()
                        .map(sum -> sum.currency() + " "
                                + sum.amount().stripTrailingZeros().toPlainString()))
                .containsExactlyInAnyOrder("EUR 1200", "USD 120");
        assertThat(losses.page(year.only("cost", ""), 1).losses().stream().map(Losses.Loss::name))
                .containsExactly("kiva", "harbor");
        assertThat(losses.page(year.only(null, "back"), 1).all()).isEqualTo(1);

        database.sql("insert into contracts.exchange_rate values ('EUR', 1, true), ('USD', 2, false)")
                .update();
        assertThat(losses.figures(year).groups().getFirst().money())
                .singleElement()
                .satisfies(sum -> assertThat(sum.amount()).isEqualByComparingTo("1260"));
    }

    @ParameterizedTest
    @EnumSource(LossCut.class)
    void everyCutAddsUpToTheWholeAndLeadsToItsRows(LossCut cut) {
        lost("harbor", "100", "EUR", "2026-04-01", "cost", "SMB");
        lost("tamm", "20", "EUR", "2026-06-01", "competitor", "Enterprise");
        database.sql("""
                insert into usage.account_day (account_id, day, events, seconds, errors, features)
                select id, '2026-05-20', 5, 0, 0, '{}' from accounts.account where external_id = 'tamm'
                """).update();
        LossQuestion question = question(cut);

        List<LossFigures.Group> groups = losses.figures(question).groups();

        assertThat(groups.stream().mapToLong(LossFigures.Group::losses).sum()).isEqualTo(2);
        groups.forEach(group -> assertThat(
                        losses.page(question.only(group.key(), ""), 1).all())
                .as(group.name())
                .isEqualTo(group.losses()));
    }

    @Test
    void thePageSaysTheFindingAndGivesTheRowsAsAFile() {
        lost("harbor", "100", "EUR", "2026-04-01", "cost", "SMB");
        lost("kiva", "10", "USD", "2026-06-01", "pricing", "SMB");
        Visitor ana = people.csm("Ana Reyes");

        assertThat(Jsoup.parse(ana.get("/cancellations").body()).select("h1").text())
                .isEqualTo("2 customers left, most often because of: cost");
        assertThat(Jsoup.parse(ana.get("/cancellations?by=segment&part=all&group=SMB")
                                .body())
                        .select("#rows tbody tr"))
                .hasSize(2);
        assertThat(ana.get("/cancellations?from=tomorrow&to=never&by=nothing&page=-1&part=x")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ana.get("/cancellations/losses.csv?part=all").body().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("harbor,harbor,SMB,,2026-03-01,2026-04-01,cost,cost,"));
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/cancellations/losses.csv?part=all")
                        .body()
                        .lines())
                .hasSize(1);
    }

    private LossQuestion question(LossCut cut) {
        return new LossQuestion(TODAY.minusYears(1), TODAY.plusDays(1), TODAY, cut, null, "", null);
    }

    private AccountId lost(String name, String amount, String currency, String end, String reason, String segment) {
        AccountId account = book.account(name, name);
        leaving.inSegment(account, segment);
        book.line(account, amount, "2025-01-01").in(currency).until(end).add();
        leaving.notice(account, LocalDate.parse(end).minusMonths(1).toString(), null, reason);
        return account;
    }
}
