package io.perennial.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a contract is, on any day. Today is the 24th of November 2026. */
@PerennialTest
class ContractPageTests {

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    @Autowired
    MovableClock clock;

    private Visitor program;
    private AccountId harbor;
    private String address;

    @BeforeEach
    void harborFreightSignedForTwoYears() {
        harbor = new Book(database).account("harbor", "Harbor Freight Lines");
        program = people.program("read", "write");
        write("contracts/harbor-2026", """
                {"account": "harbor", "name": "Master agreement", "program": "Premier", "signed_on": "2025-12-10",
                    "starts_on": "2026-01-01", "ends_on": "2027-01-01", "notice_days": 90, "auto_renew": false}""");
        write("contract-lines/fleet", """
                {"account": "harbor", "contract": "harbor-2026", "product": "Fleet Planner", "amount": 12000, "period": "year",
                    "currency": "EUR", "starts_on": "2026-01-01", "ends_on": "2027-01-01", "uplift": 0.05}""");
        write("contract-lines/seats", """
                {"account": "harbor", "contract": "harbor-2026", "product": "Extra seats", "amount": 100, "period": "month",
                    "currency": "EUR", "starts_on": "2026-06-01", "ends_on": "2027-01-01", "seats": 20}""");
        address = "/contracts/" + contract("harbor-2026");
    }

    private void write(String path, String body) {
        assertThat(program.json("PUT", "/api/v1/" + path, body).statusCode())
                .as(path)
                .isBetween(200, 201);
    }

    private UUID contract(String externalId) {
        return database.sql("select id from contracts.contract where external_id = :id")
                .param("id", externalId)
                .query(UUID.class)
                .single();
    }

    @Test
    void itSaysWhatRunsWhatItMovedAndWhatBecameOfIt() {
        String page = people.leader().get(address).body();
        assertThat(page)
                .contains("Master agreement", "Premier", "2 lines run today", "13,200", "5 % at renewal", "3 Oct 2026")
                .contains("What became of its terms", "pending", "What it moved", "to come", "expansion", "new")
                .contains("What our records were told", "came to be");
        assertThat(page).as("the way back").contains("/accounts/" + harbor + "?tab=contracts");
        assertThat(people.leader().get("/accounts/" + harbor + "?tab=contracts").body())
                .contains("href=\"" + address + "\"");
    }

    @Test
    void onAnyDayItSaysWhatRanThen() {
        Visitor leader = people.leader();
        assertThat(leader.get(address + "?on=2026-03-01").body())
                .contains("1 line runs on 1 Mar 2026", "12,000", "to come");
        assertThat(leader.get(address + "?on=2025-12-31").body()).contains("Nothing runs on 31 Dec 2025");
        assertThat(leader.get(address + "?on=2027-01-01").body()).contains("Nothing runs on 1 Jan 2027", "ended");
        assertThat(leader.get(address + "?on=someday").body()).contains("2 lines run today");
    }

    @Test
    void asOurRecordsSaidItThenItIsAnotherContract() {
        clock.moveBy(Duration.ofDays(5));
        write("contract-lines/fleet", """
                {"amount": 9000}""");
        Visitor leader = people.leader();

        assertThat(lines(leader, "?on=2026-11-25&known=then"))
                .contains("12,000")
                .doesNotContain("9,000");
        assertThat(lines(leader, "?on=2026-11-25")).contains("9,000").doesNotContain("12,000");
        assertThat(leader.get(address).body()).contains("amount: 12000 → 9000");
        assertThat(leader.get(address + "?on=2026-11-23&known=then").body())
                .contains("Our records knew no line on 23 Nov 2026", "What is known of that day now");
    }

    @Test
    void aProgramReadsItsVersionsAndWhatRanOnADay() {
        clock.moveBy(Duration.ofDays(5));
        write("contract-lines/fleet", """
                {"amount": 9000}""");

        assertThat(program.get("/api/v1/contracts/harbor-2026/versions").body())
                .contains(
                        "\"product\":\"Fleet Planner\"",
                        "\"field\":\"amount\"",
                        "\"before\":\"12000\"",
                        "\"created\":true");
        String known = program.get("/api/v1/contracts/harbor-2026/lines?on=2026-11-25&known=then")
                .body();
        assertThat(known).contains("\"amount\":12000", "\"state\":\"running\"").doesNotContain("9000");
        assertThat(program.get("/api/v1/contracts/harbor-2026/lines?on=2026-03-01")
                        .body())
                .contains("\"amount\":9000", "\"state\":\"to_come\"");
        assertThat(program.get("/api/v1/contracts/harbor-2026/lines?on=soon").statusCode())
                .isEqualTo(400);
        assertThat(program.get("/api/v1/contracts/harbor-2026/lines?known=maybe")
                        .statusCode())
                .isEqualTo(400);
        assertThat(program.get("/api/v1/contracts/none/versions").statusCode()).isEqualTo(404);
    }

    private String lines(Visitor visitor, String question) {
        String page = visitor.get(address + question).body();
        return page.substring(page.indexOf("id=\"lines\""), page.indexOf("id=\"terms\""));
    }

    @Test
    void outsideOfAPortfolioItDoesNotExist() {
        assertThat(people.csmWithOwnAccounts("Ana Reyes").get(address).statusCode())
                .isEqualTo(404);
        assertThat(people.leader().get("/contracts/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
        assertThat(people.leader().get("/contracts/nothing").statusCode()).isBetween(400, 404);
        assertThat(people.reader().get(address).statusCode()).isEqualTo(200);
    }
}
