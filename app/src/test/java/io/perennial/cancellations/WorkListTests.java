package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.cancellations.WorkLists.Row;
import io.perennial.cancellations.WorkLists.Show;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who stands on which list, and how an offer takes a customer through it. Today is 24 November 2026. */
@PerennialTest
class WorkListTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    WorkLists lists;

    @Autowired
    People people;

    private Book book;
    private Leaving leaving;
    private Visitor ana;

    @BeforeEach
    void anEmptyBook() {
        book = new Book(database);
        leaving = new Leaving(database);
        ana = people.csm("Ana Reyes");
    }

    private List<String> names(WorkList list, Show show) {
        return lists.page(list, show, 1, TODAY, null).rows().stream()
                .map(Row::name)
                .toList();
    }

    private AccountId gone(String name, String end, String reason) {
        AccountId account = book.account(name, name);
        book.line(account, "100", "2025-01-01").until(end).add();
        leaving.notice(account, LocalDate.parse(end).minusDays(30).toString(), end, reason);
        return account;
    }

    @Test
    void whoCancelledAndStillUsesTheProductIsCalled() {
        AccountId after = gone("after", "2026-10-01", "value");
        leaving.used(after, "2026-11-20");
        leaving.used(after, "2026-11-21");
        AccountId under = book.account("under", "under");
        book.line(under, "50", "2025-01-01").until("2026-12-31").add();
        leaving.notice(under, "2026-11-10", "2026-12-31", "cost");
        leaving.used(under, "2026-11-23");
        AccountId silent = gone("silent", "2026-10-01", "value");
        leaving.used(silent, "2026-09-30");
        AccountId back = gone("back", "2026-06-01", "value");
        book.line(back, "100", "2026-09-01").add();
        leaving.used(back, "2026-11-20");

        assertThat(names(WorkList.STILL_ACTIVE, Show.DUE)).containsExactly("after", "under");
        Row row = lists.page(WorkList.STILL_ACTIVE, Show.DUE, 1, TODAY, null)
                .rows()
                .getFirst();
        assertThat(row.why()).isEqualTo("Left on 1 Oct 2026; active on 2 days since, last on 21 Nov 2026");
        assertThat(row.money()).isEqualByComparingTo("1200");
    }

    @Test
    void anOfferMovesTheCustomerOnAndItsAnswerToo() {
        AccountId harbor = gone("harbor", "2026-10-01", "value");
        leaving.used(harbor, "2026-11-20");
        Map<String, String> offer = Map.of(
                "account", harbor.toString(),
                "purpose", "save",
                "offer", "Training",
                "key", "11111111-2222-3333-4444-555555555555",
                "back", "/cancellations/still-active?show=due");

        var made = ana.post("/cancellations/attempts", offer);
        ana.post("/cancellations/attempts", offer);

        assertThat(made.headers().firstValue("Location")).contains("/cancellations/still-active?show=due");
        assertThat(names(WorkList.STILL_ACTIVE, Show.DUE)).isEmpty();
        assertThat(names(WorkList.STILL_ACTIVE, Show.WORK)).containsExactly("harbor");
        String attempt = database.sql("select id::text from cancellations.attempt")
                .query(String.class)
                .single();
        assertThat(Jsoup.parse(ana.get("/cancellations/still-active?show=work").body())
                        .select("tbody")
                        .text())
                .contains("Training", "by Ana Reyes", "What came of it");

        ana.post("/cancellations/attempts/" + attempt, Map.of("result", "saved", "answer", "Will try until spring"));
        assertThat(names(WorkList.STILL_ACTIVE, Show.DONE)).containsExactly("harbor");
        assertThat(Jsoup.parse(ana.get("/accounts/" + harbor + "?tab=contracts").body())
                        .select("#panel-leaving")
                        .text())
                .contains("Training saved", "Will try until spring");

        ana.post("/changes/" + leaving.latestChange() + "/undo", Map.of());
        assertThat(names(WorkList.STILL_ACTIVE, Show.WORK)).containsExactly("harbor");
        assertThat(ana.get("/accounts/" + harbor + "?tab=timeline").body()).contains("Offered: Training, open");
    }

    @Test
    void whoLooksLikeLeavingStandsOnTheListUntilAnOfferIsMade() {
        AccountId urgent = atRisk("urgent", "now", "falling_usage");
        atRisk("one-soon", "soon", "silence");
        AccountId two = atRisk("two", "soon", "silence");
        leaving.signal(two, "contact_left", "soon", "left");
        AccountId noticed = atRisk("noticed", "now", "falling_usage");
        leaving.notice(noticed, "2026-11-01", null, "cost");

        assertThat(names(WorkList.AT_RISK, Show.DUE)).containsExactly("urgent", "two");

        ana.post(
                "/cancellations/attempts",
                Map.of("account", urgent.toString(), "purpose", "save", "offer", "Executive call"));
        assertThat(names(WorkList.AT_RISK, Show.DUE)).containsExactly("two");
    }

    private AccountId atRisk(String name, String urgency, String cause) {
        AccountId account = book.account(name, name);
        database.sql("insert into accounts.overview (account_id, arr, currency) values (:account, 100, 'EUR')")
                .param("account", account.value())
                .update();
        leaving.signal(account, cause, urgency, "evidence of " + cause);
        return account;
    }

    @Test
    void lostCustomersAreDueByTheWaitingTimeOfTheirReason() {
        gone("dear", "2026-08-01", "cost");
        gone("too-soon", "2026-11-01", "cost");
        gone("unfit", "2026-03-01", "bad fit");
        AccountId back = gone("back", "2026-03-01", "cost");
        book.line(back, "100", "2026-09-01").add();
        assertThat(names(WorkList.WIN_BACK, Show.DUE)).containsExactly("dear");
        assertThat(lists.page(WorkList.WIN_BACK, Show.DONE, 1, TODAY, null).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.facts()).isEqualTo("back since 1 Sep 2026"));

        Visitor leader = people.leader();
        var kept = leader.post(
                "/cancellations/rules",
                Map.of("offer", "Comeback terms", "wait-cost", "10", "wait-bad_fit", "100", "keptDays", "60"));

        assertThat(kept.statusCode()).isEqualTo(302);
        assertThat(names(WorkList.WIN_BACK, Show.DUE)).containsExactlyInAnyOrder("dear", "too-soon", "unfit");
        leader.post("/changes/" + leaving.latestChange() + "/undo", Map.of());
        assertThat(names(WorkList.WIN_BACK, Show.DUE)).containsExactly("dear");
    }

    @Test
    void rulesThatCannotBeAreRefusedWithWhatWasTyped() {
        Visitor leader = people.leader();
        var refused =
                leader.post("/cancellations/rules", Map.of("offer", "Pause", "wait-cost", "soon", "keptDays", "90"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select("#wait-cost").val()).isEqualTo("soon");
        assertThat(leader.post("/cancellations/rules", Map.of("keptDays", "90")).body())
                .contains("Between one and 40 offers");
        assertThat(leader.post("/cancellations/rules", Map.of("offer", "Pause", "keptDays", "0"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ana.post("/cancellations/rules", Map.of("offer", "Pause", "keptDays", "90"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyOffersToAccountsOfOthersAndWrongInputIsSaid() {
        AccountId harbor = gone("harbor", "2026-10-01", "value");
        leaving.used(harbor, "2026-11-20");
        Map<String, String> offer = Map.of("account", harbor.toString(), "offer", "Pause");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .post("/cancellations/attempts", offer)
                        .statusCode())
                .isEqualTo(404);
        assertThat(lists.page(WorkList.STILL_ACTIVE, Show.DUE, 1, TODAY, viewerOfOwn())
                        .all())
                .isZero();
        assertThat(people.reader().post("/cancellations/attempts", offer).statusCode())
                .isEqualTo(403);
        assertThat(ana.post("/cancellations/attempts", Map.of("account", harbor.toString()))
                        .body())
                .contains("Choose what is offered.");
        assertThat(ana.post("/cancellations/attempts/" + UUID.randomUUID(), Map.of("result", "lost"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ana.post(
                                "/cancellations/attempts",
                                Map.of("account", harbor.toString(), "offer", "Pause", "back", "https://evil.example"))
                        .headers()
                        .firstValue("Location"))
                .contains("/cancellations/still-active");
    }

    private io.perennial.identity.Viewer viewerOfOwn() {
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");
        return new io.perennial.identity.Viewer(
                ben.id(), ben.name(), "ben@perennial.example", io.perennial.identity.Role.CSM, false);
    }

    @Test
    void listsComeToProgramsToo() {
        AccountId harbor = gone("harbor", "2026-10-01", "value");
        leaving.used(harbor, "2026-11-20");
        Visitor program = people.program("read");

        assertThat(program.get("/api/v1/work-lists/still-active").body())
                .contains("\"account\":\"harbor\"", "\"amount\"");
        assertThat(program.get("/api/v1/work-lists/nobody").statusCode()).isEqualTo(404);
        assertThat(program.get("/api/v1/analysis/cancellations?by=reason").body())
                .contains("\"group\":\"value\"", "\"customers\":1");
        assertThat(program.get("/api/v1/analysis/cancellations?by=mood").statusCode())
                .isEqualTo(422);
        assertThat(program.get("/api/v1/analysis/cancellations?from=soon").statusCode())
                .isEqualTo(422);
    }
}
