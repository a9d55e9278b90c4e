package io.perennial.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.platform.records.Records;
import io.perennial.programs.Entitlements.Rule;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class ProgramPagesTests {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @Autowired
    JdbcClient database;

    @Autowired
    Records records;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Publishing publishing;

    @Autowired
    Programs programs;

    @Autowired
    Entitlements entitlements;

    @Autowired
    HandOffs handOffs;

    @Autowired
    People people;

    Shelf shelf;
    AccountId harbor;
    Visitor leader;

    @BeforeEach
    void harborIsACustomer() {
        harbor = new Book(database).account("harbor", "Harbor Freight");
        shelf = new Shelf(catalogue, publishing, records);
        leader = people.leader();
    }

    @Test
    void aLeaderWritesAProgramAndPublishesIt() {
        assertThat(leader.get("/programs").body()).contains("No program is sold yet");
        shelf.contract("c-1", "harbor", "Gold", "2026-06-01", null);
        leader.post("/programs", Map.of("name", "Gold"));
        Program gold = catalogue.programs().getFirst();
        Map<String, String> draft = new LinkedHashMap<>();
        draft.put("edits", "1");
        draft.put("summary", "For the brave");
        draft.put("price", "1,200");
        draft.put("currency", "eur");
        draft.put("channels", "email, phone");
        draft.put("termMonths", "12");
        draft.put("urgent-first", "90 min");
        draft.put("unitTitle", "Reviews");
        draft.put("unitAmount", "2");
        draft.put("unitRule", "APPROVAL");
        draft.put("benefit", "Peace");
        leader.post("/programs/" + gold.id() + "/offer", draft);
        assertThat(leader.get("/programs/" + gold.id()).body()).contains("is a draft", "1 h 30 min", "For the brave");
        assertThat(programs.coverage(harbor, TODAY).enrolment())
                .as("a draft is nobody's")
                .isNull();

        leader.post("/programs/" + gold.id() + "/publication", Map.of("edits", "2", "from", "2026-11-24"));

        assertThat(leader.get("/programs").body()).contains("Gold 1", "1,200", "answer 1 h 30 min", "2 Reviews");
        assertThat(programs.coverage(harbor, TODAY)).satisfies(coverage -> {
            assertThat(coverage.program()).isEqualTo("Gold");
            assertThat(coverage.targets(Priority.URGENT).firstResponse()).isEqualTo(Duration.ofMinutes(90));
            assertThat(coverage.channels()).containsExactlyInAnyOrder("email", "phone");
        });
        assertThat(entitlements.balances(harbor, TODAY))
                .singleElement()
                .satisfies(balance -> assertThat(balance.left()).isEqualByComparingTo("2"));
    }

    @Test
    void whatCannotBeReadIsSaidAndWhatWasTypedStays() {
        UUID gold = catalogue.create(Shelf.LEADER, "Gold").program();

        var answer = leader.post(
                "/programs/" + gold + "/offer",
                Map.of("edits", "1", "termMonths", "12", "urgent-first", "soon", "summary", "Kept words"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("not soon", "Kept words");
    }

    @Test
    void anAccountKeepsTheVersionItBought() {
        Program premier = shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        shelf.version(premier.id(), Shelf.offer(Shelf.unit("reviews", 5, Rule.WARN)), LocalDate.of(2025, 1, 1));

        assertThat(programs.coverage(harbor, TODAY).version()).isEqualTo(1);
        assertThat(entitlements.balances(harbor, TODAY).getFirst().granted()).isEqualByComparingTo("2");

        new Book(database).account("tern", "Tern");
        shelf.contract("c-2", "tern", "premier", "2026-02-01", "2027-02-01");
        assertThat(leader.get("/programs/" + premier.id()).body()).containsSubsequence("Harbor", "1", "Tern", "2");
    }

    @Test
    void anotherVersionForOneAccountCorrectsItsUnitsAndCanBeUndone() {
        Program premier = shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        var second =
                shelf.version(premier.id(), Shelf.offer(Shelf.unit("reviews", 5, Rule.WARN)), LocalDate.of(2026, 6, 1));
        entitlements.draw(harbor, "reviews", BigDecimal.ONE, "Review", "r", Actor.SYSTEM);
        UUID enrolment = programs.coverage(harbor, TODAY).enrolment();

        leader.post(
                "/accounts/" + harbor + "/program",
                Map.of(
                        "enrolment",
                        String.valueOf(enrolment),
                        "version",
                        second.id().toString(),
                        "why",
                        "Agreed"));

        assertThat(programs.coverage(harbor, TODAY).version()).isEqualTo(2);
        assertThat(left()).isEqualByComparingTo("4");
        UUID change = database.sql("select id from platform.change where kind = 'account-program'")
                .query(UUID.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(programs.coverage(harbor, TODAY).version()).isEqualTo(1);
        assertThat(left()).isEqualByComparingTo("1");
    }

    @Test
    void aContractWithoutItsProgramLosesWhatItGave() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        shelf.contract("c-1", "harbor", "Premiere", "2026-01-01", "2027-01-01");

        assertThat(programs.coverage(harbor, TODAY).enrolment()).isNull();
        assertThat(entitlements.balances(harbor, TODAY)).isEmpty();
        assertThat(leader.get("/programs").body()).contains("“Premiere”");

        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        assertThat(left()).isEqualByComparingTo("2");
    }

    @Test
    void whatSalesPromisedBeyondTheProgramStopsTheHandOff() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        new Book(database).contact(harbor, "Ada", "champion", null, null);
        database.sql("update accounts.account set owner_id = :owner where external_id = 'harbor'")
                .param("owner", new Book(database).member("Olga"))
                .update();
        String page = "/accounts/" + harbor + "/hand-off";
        leader.post(page + "/promises", Map.of("kind", "unit", "what", "reviews", "amount", "4"));
        leader.post(page + "/promises", Map.of("kind", "unit", "what", "Reviews", "amount", "2"));
        leader.post(
                page + "/promises",
                Map.of("kind", "target", "what", "first response", "amount", "1", "priority", "urgent"));
        leader.post(page + "/promises", Map.of("kind", "benefit", "what", "named expert"));
        leader.post(page + "/confirmation", Map.of());

        assertThat(handOffs.of(harbor).promises().stream().map(HandOffs.Checked::covered))
                .containsExactly(false, true, false, true);
        assertThat(leader.get("/accounts/" + harbor + "?tab=contracts").body())
                .contains("2 promises of Sales are not covered");
        assertThat(leader.post(page + "/completion", Map.of()).statusCode()).isEqualTo(422);

        handOffs.of(harbor).promises().stream()
                .filter(HandOffs.Checked::flagged)
                .forEach(flagged -> leader.post(
                        page + "/promises/" + flagged.promise().id() + "/settlement",
                        Map.of("how", "The customer was told")));
        leader.post(page + "/completion", Map.of());
        assertThat(leader.get(page).body()).contains("Handed over by Lin Wei");

        UUID handedOver = database.sql(
                        "select id from platform.change where summary = 'Harbor Freight handed over to service'")
                .query(UUID.class)
                .single();
        leader.post("/changes/" + handedOver + "/undo", Map.of());
        assertThat(leader.get(page).body()).contains("Not handed over yet", "Nothing else was promised: Lin Wei");
    }

    /** Signed in November, begins in December: Sales and service speak before. */
    @Test
    void aHandOffIsDoneBeforeTheProgramBegins() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-12-15", "2027-12-15");
        Book book = new Book(database);
        String page = "/accounts/" + harbor + "/hand-off";
        leader.post(page + "/promises", Map.of("kind", "unit", "what", "reviews", "amount", "3"));
        leader.post(page + "/promises", Map.of("kind", "unit", "what", "reviews", "amount", "2"));

        assertThat(leader.get(page).body())
                .contains("The account has a program: Premier 1, from 15 Dec 2026 on", "Premier 1 gives 2 in a term.");
        assertThat(handOffs.of(harbor).promises().stream().map(HandOffs.Checked::covered))
                .containsExactly(false, true);
        assertThat(Jsoup.parse(leader.get("/programs/hand-offs").body())
                        .select("main tbody tr")
                        .text())
                .contains("Harbor Freight", "Premier 1", "15 Dec 2026", "1 not covered")
                .contains("an owner, a contact, a promise to settle, the word that nothing else was promised");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/programs/hand-offs")
                        .body())
                .contains("Everybody is taken over");

        book.contact(harbor, "Ada", "champion", null, null);
        database.sql("update accounts.account set owner_id = :owner where external_id = 'harbor'")
                .param("owner", book.member("Olga"))
                .update();
        leader.post(
                page + "/promises/"
                        + handOffs.of(harbor).promises().getFirst().promise().id() + "/settlement",
                Map.of("how", "A third one is granted"));
        leader.post(page + "/confirmation", Map.of());
        assertThat(leader.get("/programs/hand-offs").body()).contains("ready to hand over");
        leader.post(page + "/completion", Map.of());
        assertThat(leader.get("/programs/hand-offs").body()).contains("Everybody is taken over");
    }

    @Test
    void aProgramThatOnlyALineOfTheContractNamesIsBoughtFromTheDayOfThatLine() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN)));
        shelf.contract("c-1", "harbor", "", "2026-01-01", "2027-01-01");
        assertThat(programs.coverage(harbor, TODAY).enrolment()).isNull();

        shelf.line("c-1-support", "c-1", "harbor", "premier", "2026-10-01");

        assertThat(programs.coverage(harbor, LocalDate.of(2026, 9, 30)).enrolment())
                .isNull();
        assertThat(programs.coverage(harbor, TODAY).program()).isEqualTo("Premier");
        assertThat(left()).isEqualByComparingTo("2");
    }

    @Test
    void aProgramForOthersIsAnExceptionThatALeaderMakesWithAReason() {
        shelf.publish("Premier", Shelf.onlyFor(List.of("Enterprise")));
        database.sql("update accounts.account set segment = 'SMB', owner_id = :owner where external_id = 'harbor'")
                .param("owner", new Book(database).member("Olga"))
                .update();
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        String page = "/accounts/" + harbor + "/hand-off";
        assertThat(leader.get(page).body()).contains("Premier is for Enterprise; this account is SMB");
        UUID version = database.sql("select id from programs.version")
                .query(UUID.class)
                .single();
        Map<String, String> choice = Map.of(
                "enrolment",
                Objects.requireNonNull(programs.coverage(harbor, TODAY).enrolment())
                        .toString(),
                "version",
                version.toString(),
                "why",
                "Pilot customer of the year");

        assertThat(people.csm("Olga")
                        .post("/accounts/" + harbor + "/program", choice)
                        .body())
                .contains("This program is for Enterprise; Harbor Freight is SMB");
        leader.post("/accounts/" + harbor + "/program", choice);

        assertThat(leader.get(page).body()).doesNotContain("this account is SMB");
    }

    @Test
    void overAndUnderDeliveryLeadToTheAccount() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.WARN), Shelf.unit("hours", 10, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        entitlements.draw(harbor, "reviews", new BigDecimal("3"), "Reviews", "r", Actor.SYSTEM);

        assertThat(leader.get("/programs/delivery?state=beyond").body())
                .containsSubsequence("Harbor Freight", "Beyond", "3 of 2")
                .doesNotContain("0 of 10");
        assertThat(leader.get("/programs/delivery?state=under").body())
                .containsSubsequence("Harbor Freight", "Under", "0 of 10");
        assertThat(leader.get("/programs/delivery").body())
                .as("no unit has a worth")
                .contains("delivery has no money");
        assertThat(people.csmWithOwnAccounts("Nobody Yet")
                        .get("/programs/delivery")
                        .body())
                .contains("Nothing is counted yet")
                .doesNotContain("Harbor");
    }

    /** Of a year 328 days have passed: 8.986 of 10 hours should have been used. */
    @Test
    void deliveryHasMoneyWhereAUnitHasAWorth() {
        shelf.publish(
                "Premier",
                Shelf.offer(
                        Shelf.worth(900, Shelf.unit("reviews", 2, Rule.WARN)),
                        Shelf.worth(150, Shelf.unit("hours", 10, Rule.WARN)),
                        Shelf.unit("seats", 4, Rule.WARN)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        entitlements.draw(harbor, "reviews", new BigDecimal("3.5"), "Reviews", "r", Actor.SYSTEM);
        entitlements.draw(harbor, "hours", BigDecimal.ONE, "Hour", "h", Actor.SYSTEM);

        Document page = Jsoup.parse(leader.get("/programs/delivery").body());

        assertThat(page.select(".stats").text())
                .contains("Given beyond the program 1,350EUR", "Sold and not delivered 1,198EUR");
        assertThat(page.select("#rows tr:contains(Reviews) td").get(1).text()).isEqualTo("1,350EUR given");
        assertThat(page.select("#rows tr:contains(Hours) td").get(1).text()).isEqualTo("1,198EUR not delivered");
        assertThat(page.select("#rows tr:contains(Seats) td").get(1).text()).isEqualTo("–");
    }

    @Test
    void drawsByHandAskForApprovalAndAreTakenBack() {
        shelf.publish("Premier", Shelf.offer(Shelf.unit("reviews", 2, Rule.APPROVAL)));
        shelf.contract("c-1", "harbor", "Premier", "2026-01-01", "2027-01-01");
        Visitor csm = people.csm("Ana Reyes");
        String page = "/accounts/" + harbor + "/entitlements";
        Map<String, String> three = new LinkedHashMap<>(Map.of(
                "unit",
                "reviews",
                "amount",
                "3",
                "purpose",
                "Workshop",
                "key",
                UUID.randomUUID().toString()));

        var asked = csm.post(page, three);
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.body()).contains("Somebody has to approve it", "A leader or administrator can approve");
        three.put("approved", "true");
        assertThat(csm.post(page, three).statusCode()).isEqualTo(422);
        leader.post(page, three);
        leader.post(page, three);
        assertThat(left()).isEqualByComparingTo("-1");

        UUID change = database.sql("select id from platform.change where kind = 'account-program'")
                .query(UUID.class)
                .single();
        leader.post("/changes/" + change + "/undo", Map.of());
        assertThat(left()).isEqualByComparingTo("2");
    }

    @Test
    void calendarsAreKeptAndTheHouseHasOne() {
        Map<String, String> oslo = new LinkedHashMap<>();
        oslo.put("name", "Oslo");
        oslo.put("zone", "Europe/Oslo");
        oslo.put("MONDAY", "08:00 - 12:00, 13:00-16:00");
        oslo.put("holidays", "2026-12-25 Christmas\n2027-05-17 Constitution Day");
        oslo.put("house", "true");
        leader.post("/programs/calendars", oslo);

        assertThat(programs.coverage(harbor, TODAY).hours().zone().getId()).isEqualTo("Europe/Oslo");
        assertThat(leader.get("/programs/calendars").body())
                .contains("Mon 08:00-12:00, 13:00-16:00", "Constitution Day");
        oslo.put("zone", "Mars/Base");
        assertThat(leader.post("/programs/calendars", oslo).body()).contains("There is no time zone Mars/Base");
        assertThat(people.csm("Ana Reyes").post("/programs/calendars", oslo).statusCode())
                .isEqualTo(403);
    }

    private BigDecimal left() {
        return entitlements.balances(harbor, TODAY).getFirst().left();
    }
}
