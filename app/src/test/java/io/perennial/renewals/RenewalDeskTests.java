package io.perennial.renewals;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A renewal manager's list and desk. */
@PerennialTest
class RenewalDeskTests {

    private static final Pattern UNDO = Pattern.compile("/changes/[0-9a-f-]{36}/undo");

    @Autowired
    JdbcClient database;

    @Autowired
    DueTerms terms;

    @Autowired
    Renewals renewals;

    @Autowired
    People people;

    DueBook due;
    Visitor ana;
    AccountId oslo;
    UUID eva;
    String desk;

    @BeforeEach
    void osloFerryIsDueInMarch() {
        due = new DueBook(database, terms);
        ana = people.csm("Ana Reyes");
        oslo = due.customer("oslo", "Oslo Ferry", "2027-03-15");
        due.ownedBy(oslo, ana.id());
        eva = due.person(oslo, "Eva Lie", "decision_maker");
        due.kept();
        desk = renewals.of(oslo).getFirst().address();
    }

    @Test
    void theListTellsWhatIsDueAndHowMuchItIs() {
        AccountId tokyo = due.book.account("tokyo", "Tokyo Rail");
        due.book
                .line(tokyo, "2000000", "2026-02-01")
                .until("2027-02-01")
                .per("year")
                .in("JPY")
                .add();
        due.customer("far", "Far Away", "2027-10-01");
        due.kept();

        String list = ana.get("/renewals").body();
        assertThat(list).contains("2 renewals due within 183 days", "Oslo Ferry", "Tokyo Rail", "Nobody");
        assertThat(list).doesNotContain("Far Away").contains("by 14 Jan 2027");
        assertThat(list.indexOf("Tokyo Rail")).isLessThan(list.indexOf("Oslo Ferry"));
        assertThat(ana.get("/renewals?window=all").body()).contains("Far Away");
        assertThat(ana.get("/renewals?month=2027-02").body())
                .contains("Tokyo Rail")
                .doesNotContain("Oslo Ferry");
        assertThat(ana.get("/renewals?owner=mine").body())
                .contains("Oslo Ferry")
                .doesNotContain("Tokyo Rail");
        assertThat(ana.get("/renewals?currency=JPY").body()).doesNotContain("Oslo Ferry");
        assertThat(ana.get("/renewals?q=fer").body()).contains("Oslo Ferry").doesNotContain("Tokyo Rail");
        assertThat(ana.get("/renewals?q=%25").body()).doesNotContain("Tokyo Rail");
        assertThat(ana.get("/renewals?only=nonsense&window=7&month=13&sort=%00&after=zzz&currency=E")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void pagesFollowEachOtherInEveryOrder() {
        for (int i = 0; i < 5; i++) {
            due.customer("c" + i, "Customer " + i, "2027-02-0" + (1 + i / 2));
        }
        due.kept();
        var viewer = new io.perennial.identity.Viewer(ana.id(), "", "", io.perennial.identity.Role.CSM, true);
        for (RenewalFilter.Sort sort : RenewalFilter.Sort.values()) {
            RenewalFilter filter = RenewalFilter.plain().by(sort);
            var all = renewals.list(filter, "", 100, viewer).renewals();
            var paged = new java.util.ArrayList<Renewal>();
            String after = "";
            do {
                Renewals.Page page = renewals.list(filter, after, 2, viewer);
                paged.addAll(page.renewals());
                after = page.next() == null ? "" : page.next();
            } while (!after.isEmpty());
            assertThat(paged).as(sort.title()).isEqualTo(all).hasSize(6);
        }
    }

    @Test
    void whoIsConfirmedStandsOnTheListAndOnTheAccount() {
        assertThat(ana.get(desk).body()).contains("Nobody is confirmed yet", "Eva Lie", "Head of Operations");

        ana.post(desk + "/people", Map.of("contact", eva.toString(), "side", "business", "decides", "true"));

        assertThat(ana.get(desk).body())
                .contains(
                        "The right person is confirmed", "24 Nov 2026 by Ana Reyes", "confirmed Eva Lie, who decides");
        assertThat(renewals.of(oslo).getFirst().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(ana.get("/accounts/" + oslo).body()).contains("Right person", "Eva Lie", "by 14 Jan 2027");
        assertThat(ana.get("/renewals?only=person").body()).contains("Nothing of that kind");
        assertThat(database.sql("select confirmed_on from accounts.contact where id = :id")
                        .param("id", eva)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo("2026-11-24");
    }

    @Test
    void whoDecidedLastTimeIsSuggestedForTheNextTerm() {
        UUID ola = due.person(oslo, "Ola Berg", "finance");
        ana.post(desk + "/people", Map.of("contact", ola.toString(), "side", "business", "decides", "true"));
        due.book
                .line(oslo, "13000", "2027-03-15")
                .until("2028-03-15")
                .per("year")
                .add();
        due.kept();
        Renewal next = renewals.of(oslo).getFirst();
        assertThat(next.dueOn()).isEqualTo("2028-03-15");

        assertThat(suggestions.of(next, java.util.List.of()))
                .extracting(Suggestions.Suggestion::name, Suggestions.Suggestion::decides, Suggestions.Suggestion::side)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Ola Berg", true, RenewalPeople.Side.BUSINESS),
                        org.assertj.core.groups.Tuple.tuple("Eva Lie", false, RenewalPeople.Side.BUSINESS));
        assertThat(ana.get(next.address()).body()).contains("decided about the term until 15 Mar 2027");

        database.sql("update accounts.contact set left_on = '2026-11-20' where id = :id")
                .param("id", ola)
                .update();
        assertThat(suggestions.of(next, java.util.List.of()))
                .extracting(Suggestions.Suggestion::name, Suggestions.Suggestion::decides)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Eva Lie", true));
    }

    @Autowired
    Suggestions suggestions;

    @Test
    void whoLeftIsTheRightPersonNoMore() {
        ana.post(desk + "/people", Map.of("contact", eva.toString(), "side", "business", "decides", "true"));
        database.sql("update accounts.contact set left_on = '2026-11-20'").update();

        assertThat(ana.get("/renewals").body()).contains("Eva Lie left");
        assertThat(ana.get("/renewals?only=person").body()).contains("Oslo Ferry");
        assertThat(ana.get(desk).body()).contains("Who decides is not confirmed");
        assertThat(ana.post(desk + "/people", Map.of("contact", eva.toString(), "decides", "true"))
                        .body())
                .contains("Eva Lie has left");
    }

    @Test
    void aConfirmationCanBeTakenBackWhileOthersGoOn() {
        ana.post(desk + "/people", Map.of("contact", eva.toString(), "side", "business", "decides", "true"));
        String undo = undo(ana.get(desk).body());
        ana.post(desk + "/uplift", Map.of("percent", "5"));

        ana.post(undo, Map.of());

        assertThat(ana.get(desk).body()).contains("Nobody is confirmed yet", "took a change back", "12,600");
        assertThat(renewals.of(oslo).getFirst().stage()).isEqualTo(Stage.BEGUN);
    }

    @Test
    void upliftAndFeesMakeWhatIsProposed() {
        assertThat(ana.post(desk + "/uplift", Map.of("percent", "4.5")).statusCode())
                .isEqualTo(302);
        ana.post(desk + "/fees", Map.of("title", "Sandbox", "amount", "1200.50"));

        assertThat(ana.get(desk).body()).contains("13,740.50", "+14.5 %", "Sandbox");

        ana.post(undo(ana.get(desk).body()), Map.of());
        assertThat(renewals.of(oslo).getFirst().proposed()).isEqualByComparingTo("12540");
    }

    @Test
    void whatCannotBeMeantIsRefusedAndChangesNothing() {
        for (String wrong : java.util.List.of("lots", "1e9", "400", "-101", "0.123456789", "NaN")) {
            assertThat(ana.post(desk + "/uplift", Map.of("percent", wrong)).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(ana.post(desk + "/fees", Map.of("title", " ", "amount", "5")).statusCode())
                .isEqualTo(422);
        assertThat(ana.post(desk + "/fees", Map.of("title", "x", "amount", "1.2345"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ana.post(desk + "/stage", Map.of("stage", "elsewhere")).statusCode())
                .isEqualTo(404);
        assertThat(ana.post(
                                desk + "/people",
                                Map.of("contact", UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(422);
        assertThat(ana.get("/renewals/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(ana.get("/renewals/nonsense").statusCode()).isEqualTo(404);
        assertThat(ana.get(desk).body()).contains("Nobody worked on it yet");
    }

    @Test
    void othersSeeOnlyTheirOwnAccountsAndReadersChangeNothing() {
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");
        assertThat(ben.get("/renewals").body()).doesNotContain("Oslo Ferry");
        assertThat(ben.get(desk).statusCode()).isEqualTo(404);
        assertThat(ben.post(desk + "/uplift", Map.of("percent", "5")).statusCode())
                .isEqualTo(404);

        Visitor rita = people.reader();
        assertThat(rita.get(desk).body()).contains("Oslo Ferry").doesNotContain("Confirm today", "Add a fee");
        assertThat(rita.post(desk + "/uplift", Map.of("percent", "5")).statusCode())
                .isEqualTo(403);
        assertThat(renewals.of(oslo).getFirst().uplift()).isNull();
    }

    @Test
    void whatIsOverIsNotWorkedOn() {
        due.cancels(oslo, "2026-11-20", "2027-03-15");
        due.kept();

        assertThat(ana.get(desk).body())
                .contains("From contract lines and losses")
                .doesNotContain("Add a fee");
        assertThat(ana.post(desk + "/uplift", Map.of("percent", "5")).body()).contains("This renewal is over: lost");
    }

    private static String undo(String page) {
        Matcher found = UNDO.matcher(page.substring(page.indexOf("id=\"history\"")));
        assertThat(found.find()).isTrue();
        return found.group();
    }
}
