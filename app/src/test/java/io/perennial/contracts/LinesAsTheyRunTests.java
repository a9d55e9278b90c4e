package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What goes on by itself, is replaced, has a discount for a while, or belongs to another account now. Today is 24 November 2026. */
@PerennialTest
class LinesAsTheyRunTests {

    private static final String SHOWN =
            "select concat_ws(' ', from_day, until_day, annual, state) from contracts.revenue order by from_day";

    @Autowired
    JdbcClient database;

    @Autowired
    DataSource source;

    @Autowired
    People people;

    @Autowired
    RevenueLevels levels;

    private Book book;
    private AccountId harbor;

    @BeforeEach
    void harborFreightIsACustomer() {
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
    }

    @Test
    void aLineThatRenewsItselfGoesOnPastItsEndUntilItIsCancelled() {
        yearly("2024-01-31", "2025-01-31").renewsByItself(true).add();

        assertThat(shown()).containsExactly("2024-01-31 infinity 1200 running");
        assertThat(due("2025-01-01", "2027-06-01"))
                .containsExactly(
                        "2024-01-31 2025-01-31 renewed 2025-01-31",
                        "2025-01-31 2026-01-31 renewed 2026-01-31",
                        "2026-01-31 2027-01-31 pending");
        assertThat(people.leader().get("/accounts/" + harbor + "?tab=contracts").body())
                .contains("goes on by itself since", "running")
                .doesNotContain(">ended<");
        book.cancellation(harbor, "2026-03-14", "2026-06-01");
        assertThat(shown()).containsExactly("2024-01-31 2026-06-01 1200 running");
        assertThat(due("2026-01-01", "2027-06-01"))
                .containsExactly("2025-01-31 2026-01-31 renewed 2026-01-31", "2026-01-31 2027-01-31 lost");
    }

    @Test
    void noticeWithoutADayEndsItWithTheTermOrWithTheOneThatHasJustEnded() {
        yearly("2024-01-01", "2025-01-01").renewsByItself(true).add();

        book.cancellation(harbor, "2025-07-15", null);
        assertThat(shown()).containsExactly("2024-01-01 2026-01-01 1200 running");
        database.sql("update contracts.cancellation set cancelled_on = '2025-02-20'")
                .update();
        assertThat(shown()).containsExactly("2024-01-01 2025-01-01 1200 running");
        database.sql("update contracts.cancellation set cancelled_on = '2024-06-20'")
                .update();
        assertThat(shown()).containsExactly("2024-01-01 2025-01-01 1200 running");
        database.sql("update contracts.cancellation set reactivated = true").update();
        assertThat(shown()).containsExactly("2024-01-01 infinity 1200 running");
    }

    @ParameterizedTest
    @CsvSource({
        // On the day, late, early, and with the end of something else.
        "2026-01-01, 2027-01-01, 2026-01-01",
        "2026-02-20, 2027-02-20, 2026-02-20",
        "2025-12-01, 2026-12-01, 2026-01-01",
        "2026-01-01, 2026-09-01, 2026-01-01",
    })
    void aLineThatFollowsTakesItsPlaceAndIsNeverCountedTwice(String from, String until, String over) {
        yearly("2025-01-01", "2026-01-01").renewsByItself(true).add();
        book.line(harbor, "1500", from).per("year").until(until).add();

        assertThat(database.sql(
                                "select max(runs_until)::text from contracts.lines(array[:harbor]) where ends_on = '2026-01-01'")
                        .param("harbor", harbor.value())
                        .query(String.class)
                        .single())
                .isEqualTo(over);
        assertThat(annualOn("2026-05-01")).isEqualTo("1500");
    }

    @Test
    void anotherProductThatIsSoldMeanwhileIsNoRenewal() {
        yearly("2025-01-01", "2026-01-01").renewsByItself(true).add();
        book.line(harbor, "300", "2025-11-01").per("year").product("Insights").add();

        assertThat(annualOn("2026-05-01")).isEqualTo("1500");
    }

    @Test
    void anUpgradeOnTheDayTakesThePlaceOfWhatRenewsItself() {
        yearly("2025-01-01", "2026-01-01").renewsByItself(true).add();
        book.line(harbor, "1500", "2026-01-01")
                .per("year")
                .product("Planner Pro")
                .add();

        assertThat(annualOn("2026-05-01")).isEqualTo("1500");
    }

    @Test
    void theContractSaysForItsLinesHowLongAndTheLineHowMuchMore() {
        UUID contract = book.contract(harbor, "harbor-2024", true, 6, null);
        yearly("2024-02-29", "2025-02-28")
                .under(contract)
                .dearerAtRenewal("0.10")
                .add();
        levelsAreKept();

        assertThat(shown())
                .startsWith(
                        "2024-02-29 2025-02-28 1200 running",
                        "2025-02-28 2026-02-28 1320.0000 running",
                        "2026-02-28 2027-02-28 1452.0000 running");
        assertThat(due("2025-01-01", "2026-11-24"))
                .containsExactly(
                        "2024-02-29 2025-02-28 renewed 2025-02-28",
                        "2025-02-28 2025-08-29 renewed 2025-08-29",
                        "2025-08-29 2026-02-28 renewed 2026-02-28",
                        "2026-02-28 2026-08-29 renewed 2026-08-29");
    }

    @Test
    void aLineThatWasCutOrEndsBeforeItsContractDoesNotGoOn() {
        UUID contract = book.contract(harbor, "harbor-2024", true, null, null);
        database.sql("update contracts.contract set ends_on = '2026-01-01'").update();
        yearly("2025-01-01", "2025-06-01").under(contract).add();
        yearly("2025-01-01", "2025-09-01")
                .agreedUntil("2026-01-01")
                .renewsByItself(true)
                .product("Other")
                .add();

        assertThat(annualOn("2025-08-01")).isEqualTo("1200");
        assertThat(annualOn("2026-05-01")).isEqualTo("0");
    }

    @Test
    void aCompanySaysThatSilenceMeansLapsedAndTakesItBack() {
        yearly("2024-06-01", "2026-06-01").renewsByItself(true).add();
        Visitor leader = people.leader();

        assertThat(leader.get("/revenue").body()).contains("runs today past an end that is written");
        leader.post("/revenue/rules", Map.of("grace", "90", "silence", "lapsed", "own", "", "rates", ""));
        assertThat(shown()).containsExactly("2024-06-01 2026-06-01 1200 running", "2026-06-01 2026-08-30 1200 lapsed");
        assertThat(leader.get("/revenue").body()).doesNotContain("runs today past an end");
        assertThat(leader.get("/revenue/rules").body())
                .contains("<option value=\"lapsed\" selected")
                .contains("Undo");
        String change = database.sql("select id::text from platform.change where kind = 'revenue-rules'")
                .query(String.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(shown()).containsExactly("2024-06-01 infinity 1200 running");
    }

    @Test
    void aContractThatIsReplacedStopsWhenTheOtherBegins() {
        UUID old = book.contract(harbor, "harbor-2025", null, null, null);
        yearly("2025-01-01", "2028-01-01").under(old).add();
        UUID instead = book.contract(harbor, "harbor-2026", null, null, old);
        levelsAreKept();
        assertThat(annualOn("2026-08-01")).isEqualTo("1200");
        book.line(harbor, "1000", "2026-07-01")
                .per("year")
                .until("2027-07-01")
                .under(instead)
                .product("Planner Lite")
                .add();

        assertThat(shown()).startsWith("2025-01-01 2026-07-01 1200 running", "2026-07-01 2027-07-01 1000 running");
        assertThat(movement("2026-06-30", "2026-07-31")).containsExactly("contraction 1200 1000");
        assertThat(due("2028-01-01", "2028-01-02")).containsExactly("2025-01-01 2028-01-01 renewed 2026-07-01");
        assertThat(people.leader().get("/accounts/" + harbor + "?tab=contracts").body())
                .contains(">replaced<");
    }

    @Test
    void aDiscountThatEndsIsNoLossAndNoNewCustomer() {
        book.line(harbor, "900", "2026-01-01")
                .per("year")
                .cheaperUntil("0.25", "2026-07-01")
                .add();

        assertThat(shown()).containsExactly("2026-01-01 infinity 1200.0000 running");
        database.sql("insert into contracts.revenue_rule (grace_days, discounts) values (90, 'all')")
                .update();
        assertThat(shown())
                .containsExactly("2026-01-01 2026-07-01 900 running", "2026-07-01 infinity 1200.0000 running");
        assertThat(movement("2026-06-30", "2026-07-31")).containsExactly("expansion 900 1200.0000");
    }

    @Test
    void accountsThatBecomeOneMoveNoRevenueAndCanBeTakenApartAgain() {
        AccountId quay = book.account("quay", "Quay Freight");
        yearly("2025-01-01", "2026-03-01").add();
        book.line(quay, "500", "2025-05-01").per("year").until("2026-03-01").add();
        book.line(harbor, "1700", "2026-03-01").per("year").add();
        levelsAreKept();
        assertThat(movement("2025-12-31", "2026-06-30"))
                .containsExactlyInAnyOrder("expansion 1200 1700", "churn 500 0");
        Visitor program = people.program("read", "write");

        HttpResponse<String> merged = program.json("PUT", "/api/v1/account-mergers/m-1", """
                {"account": "quay", "into": "harbor", "merged_on": "2026-03-01", "note": "Bought by Harbor"}""");
        assertThat(merged.statusCode()).as(merged.body()).isBetween(200, 201);

        assertThat(movement("2025-12-31", "2026-06-30")).containsExactly("same 1700 1700");
        assertThat(movement("2025-03-31", "2025-06-30")).containsExactly("expansion 1200 1700");
        Visitor leader = people.leader();
        assertThat(leader.get("/accounts/" + quay + "?tab=contracts").body())
                .contains("Became part of Harbor Freight Lines on");
        assertThat(leader.get("/accounts/" + harbor + "?tab=contracts").body()).contains("bought by Quay Freight");
        levelsAreKept();
        assertThat(movement("2025-12-31", "2026-06-30")).containsExactly("same 1700 1700");
        assertThat(program.json("PUT", "/api/v1/account-mergers/m-2", """
                {"account": "harbor", "into": "harbor", "merged_on": "2026-03-01"}""").statusCode())
                .isEqualTo(422);

        String change = database.sql("select id::text from platform.change order by at desc limit 1")
                .query(String.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(movement("2025-12-31", "2026-06-30"))
                .containsExactlyInAnyOrder("expansion 1200 1700", "churn 500 0");
    }

    @Test
    void accountsThatGoRoundInACircleBecamePartOfNobody() {
        AccountId quay = book.account("quay", "Quay Freight");
        yearly("2025-01-01", "2026-03-01").add();
        book.line(quay, "500", "2025-05-01").per("year").add();
        for (List<AccountId> one : List.of(List.of(harbor, quay), List.of(quay, harbor))) {
            database.sql("""
                    insert into contracts.account_merger (id, external_id, account_id, into_id, merged_on, created_at,
                        updated_at)
                    values (gen_random_uuid(), gen_random_uuid()::text, :one, :other, '2026-01-01', now(), now())
                    """)
                    .param("one", one.getFirst().value())
                    .param("other", one.getLast().value())
                    .update();
        }

        assertThat(annualOn("2025-06-01")).isEqualTo("1700");
        levelsAreKept();
        assertThat(annualOn("2025-06-01")).isEqualTo("1700");
    }

    /** In Santiago the 8th of September 2024 begins at one o'clock: the clock is set forward at midnight. */
    @Test
    void aDayIsADayWhateverTheClocksDo() throws SQLException {
        book.line(harbor, "1200", "2023-09-08")
                .per("year")
                .until("2024-09-08")
                .renewsByItself(true)
                .dearerAtRenewal("0.05")
                .dearerEachYear(new BigDecimal("0.03"))
                .add();
        List<String> here = shown();

        assertThat(here).startsWith("2023-09-08 2024-09-08 1200 running", "2024-09-08 2025-09-08 1260.0000 running");
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local time zone 'America/Santiago'");
                List<String> there = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(SHOWN)) {
                    while (rows.next()) {
                        there.add(rows.getString(1));
                    }
                }
                assertThat(there).isEqualTo(here);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private Book.Line yearly(String from, String until) {
        return book.line(harbor, "1200", from).per("year").until(until);
    }

    private void levelsAreKept() {
        while (levels.keep(50) > 0) {
            Thread.onSpinWait();
        }
    }

    private List<String> shown() {
        return database.sql(SHOWN)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    private String annualOn(String day) {
        return String.valueOf(
                database.sql("""
                select trim_scale(coalesce(sum(annual), 0))::text from contracts.revenue
                where state = 'running' and from_day <= cast(:day as date) and until_day > cast(:day as date)
                """).param("day", day).query(String.class).single());
    }

    private List<String> due(String from, String until) {
        return database.sql("""
                select concat_ws(' ', starts_on, due_on, outcome, renewed_on)
                from contracts.renewals(cast(:from as date), cast(:until as date), '2026-11-24') order by due_on
                """)
                .param("from", from)
                .param("until", until)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }

    private List<String> movement(String from, String until) {
        return database.sql("""
                select concat_ws(' ', movement, started, ended)
                from contracts.revenue_movements(cast(:from as date), cast(:until as date), '2026-11-24', true)
                """)
                .param("from", from)
                .param("until", until)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }
}
