package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A save counts when the customer is still there. Today is 24 November 2026; saves are checked after 90 days. */
@PerennialTest
class SaveRateTests {

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    private Book book;
    private Leaving leaving;

    @BeforeEach
    void sixWereOfferedSomething() {
        book = new Book(database);
        leaving = new Leaving(database);
        attempt("kept", null, "saved", "2026-06-01");
        attempt("gone-since", "2026-08-01", "saved", "2026-06-01");
        attempt("lost", "2026-08-01", "lost", "2026-06-01");
        attempt("young", null, "saved", "2026-11-01");
        leaving.attempt(book.account("no-lines", "no-lines"), "save", "Pause", "saved", "2026-06-01");
        leaving.attempt(book.account("open", "open"), "save", "Pause", "open", "2026-06-01");
    }

    private void attempt(String name, @Nullable String end, String result, String on) {
        AccountId account = book.account(name, name);
        Book.Line line = book.line(account, "100", "2025-01-01");
        if (end != null) {
            line.until(end);
            leaving.notice(account, "2026-05-01", end, "cost");
        }
        line.add();
        leaving.attempt(account, "save", name.equals("lost") ? "Discount" : "Pause", result, on);
    }

    @Test
    void onlySavesThatTheFactsConfirmCount() {
        Visitor program = people.program("read");

        assertThat(program.get("/api/v1/metrics/save_rate").body())
                .contains("\"numerator\":1,", "\"denominator\":3,", "wilson")
                .contains("33.33");
        assertThat(program.get("/api/v1/metrics/save_rate?definition=as_recorded&by=month")
                        .body())
                .contains("\"numerator\":4,", "\"denominator\":5,", "2026-06", "2026-11");
        assertThat(program.json("POST", "/api/v1/metrics/save_rate/evaluate", "{\"kept\": 20, \"attempts\": 50}")
                        .body())
                .contains("40");
    }

    @Test
    void thePageSaysWhichOfferKeepsThem() {
        var page = Jsoup.parse(
                people.csm("Ana Reyes").get("/cancellations/attempts").body());

        assertThat(page.select("h1").text()).isEqualTo("33 % of those whom somebody tried to keep are still there");
        assertThat(page.select("section[aria-label='By offer'] tbody tr").eachText())
                .anyMatch(row -> row.startsWith("Pause 4 1 1 0 50 %"))
                .anyMatch(row -> row.startsWith("Discount 1 0 0 1 0 %"));
        assertThat(page.select("#rows tbody").text())
                .contains(
                        "said saved, gone since",
                        "said saved, check to come",
                        "said saved, no contract lines to check");
        assertThat(Jsoup.parse(people.csm("Ana Reyes")
                                .get("/cancellations/attempts?group=Discount")
                                .body())
                        .select("#rows tbody tr"))
                .hasSize(1);
    }

    @Test
    void whoComesBackIsReadByReason() {
        AccountId back = book.account("back", "back");
        book.line(back, "100", "2025-01-01").until("2026-03-01").add();
        book.line(back, "100", "2026-09-01").add();
        leaving.notice(back, "2026-02-01", null, "competitor");

        String answer = people.program("read")
                .get("/api/v1/metrics/win_back_by_reason?by=reason")
                .body();

        assertThat(answer).contains("Competitor", "Cost", "33.33");
        assertThat(people.csm("Ana Reyes")
                        .get("/metrics/win_back_by_reason?by=reason&group=competitor&part=counted")
                        .body())
                .contains("back since 2026-09-01");
    }

    @Test
    void attemptsComeFromOtherSystemsToo() {
        Visitor program = people.program("read", "write");
        var written = program.json(
                "PUT",
                "/api/v1/save-attempts/crm-1",
                "{\"account\": \"kept\", \"offer\": \"Pause\", \"made_on\": \"2026-11-02\", \"result\": \"won\"}");
        assertThat(written.statusCode()).isEqualTo(201);
        assertThat(program.get("/api/v1/save-attempts/crm-1").body()).contains("\"result\":\"saved\"");
        assertThat(program.json("PUT", "/api/v1/save-attempts/crm-2", "{\"account\": \"kept\"}")
                        .statusCode())
                .isEqualTo(422);
    }
}
