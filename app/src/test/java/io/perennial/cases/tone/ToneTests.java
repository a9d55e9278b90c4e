package io.perennial.cases.tone;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.health.Signal;
import io.perennial.health.Signals;
import io.perennial.health.scoring.LiveScoring;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.sentiment.Sentiment;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.MovableClock;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An upset customer, from the message to the signal and back. */
@PerennialTest
class ToneTests {

    private static final String FURIOUS = "I am really disappointed by your support.";

    @Autowired
    JdbcClient database;

    @Autowired
    People people;

    @Autowired
    Records records;

    @Autowired
    LiveScoring live;

    @Autowired
    Signals signals;

    @Autowired
    CatchingUp catchingUp;

    @Autowired
    MovableClock clock;

    private AccountId harbor;
    private UUID mia;
    private Visitor sam;
    private UUID opened;

    @BeforeEach
    void aCaseOfHarborFreight() {
        Book book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        mia = book.contact(harbor, "Mia Okafor", "champion", null, null);
        sam = people.support();
        opened = open("The export stops at 10,000 rows.", "one");
    }

    @Test
    void aCalmMessageIsNotMarkedAndOffersOneClickToSayOtherwise() {
        assertThat(page()).contains("Mark as upset").doesNotContain("Sounds upset,");
    }

    @Test
    void anUpsetMessageIsMarkedWithTheWordsThatSaySo() {
        say("Hello again. " + FURIOUS + " The file is attached.");

        assertThat(page()).contains("Sounds upset", "disappointed", "Not upset", "That is right");
    }

    @Test
    void theSentenceReachesTheAccountsOwnerAsASignalWithALinkToTheCase() {
        say("Hello again. " + FURIOUS + " The file is attached.");
        score();

        Signal signal = upset();
        assertThat(signal.evidence()).startsWith("\u201c" + FURIOUS + "\u201d").contains("case #" + number());
        assertThat(signal.remedy()).startsWith("Call today");
        assertThat(people.admin().get("/signals").body())
                .contains("A customer is upset", "<a href=\"/cases/" + number() + "\">");
    }

    @Test
    void onceStaffSayThatItIsNotSoTheSignalCloses() {
        say(FURIOUS);
        score();
        assertThat(upset().state()).isEqualTo("open");

        judge("calm");
        score();

        assertThat(standing()).noneMatch(signal -> signal.cause().equals("upset_customer"));
        assertThat(page()).contains("Not upset, says", "Leave it to the model");
    }

    @Test
    void whatStaffSayIsTakenBackByUndo() {
        say(FURIOUS);
        judge("calm");
        String change = database.sql("select id::text from platform.change where kind = 'case-tone' limit 1")
                .query(String.class)
                .single();

        assertThat(sam.post("/changes/" + change + "/undo", Map.of()).statusCode())
                .isLessThan(400);

        assertThat(page()).contains("Sounds upset").doesNotContain("Not upset, says");
    }

    @Test
    void aMessageTheModelMissedRaisesTheSignalWhenSomebodySaysSo() {
        judgeFirst("upset");
        score();

        assertThat(upset().evidence()).contains("The export stops at 10,000 rows.");
        assertThat(page()).contains("Upset, says");
    }

    @Test
    void afterFourWeeksTheSignalClosesByItself() {
        say(FURIOUS);
        score();
        assertThat(upset().state()).isEqualTo("open");

        clock.moveBy(Duration.ofDays(29));
        score();

        assertThat(standing()).noneMatch(signal -> signal.cause().equals("upset_customer"));
    }

    @Test
    void theLowestAnswerAfterACaseIsAReasonOfItsOwn() {
        records.upsert(
                records.type("cases").orElseThrow(),
                List.of(new RecordRow(
                        1,
                        "old-1",
                        Map.of(
                                "account", "harbor",
                                "opened_at", "2026-11-20T09:00:00Z",
                                "resolved_at", "2026-11-21T09:00:00Z",
                                "satisfaction", "1"),
                        Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "Import of cases", Records.Formats.ISO));
        score();

        assertThat(upset().evidence()).startsWith("answered 1 of 5 after case #");
    }

    @Test
    void messagesThatAreImportedAreReadAsTheyComeIn() {
        imported("m-1", "Das ist wirklich eine Frechheit, ich bin sehr enttäuscht.");

        assertThat(page()).contains("Sounds upset", "Frechheit");
    }

    @Test
    void messagesFromBeforeTheModelAreReadInBatchesAndJudgementsStay() {
        say(FURIOUS);
        imported("m-1", "This is outrageous, we are furious.");
        judge("calm");
        database.sql("delete from cases.tone where corrected is null").update();

        while (catchingUp.batch()) {
            // goes on until nothing is left
        }

        assertThat(database.sql("select count(*) from cases.tone")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
        assertThat(database.sql("select count(*) from cases.tone where said and corrected is null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(catchingUp.batch()).isFalse();
    }

    @Test
    void thePageSaysHowOftenTheModelAgreesWithStaffAndGivesTheirJudgementsAway() {
        say(FURIOUS);
        judge("upset");
        imported("m-1", "This is outrageous, we are furious.");
        post(latest(), "calm");
        judgeFirst("calm");

        assertThat(sam.get("/cases/tone").body()).contains("They agree on 2 of 3 messages (67 %)", Sentiment.version());
        HttpResponse<String> csv = sam.get("/cases/tone.csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment");
        assertThat(csv.body().lines().toList()).hasSize(4).anyMatch(line -> line.endsWith(FURIOUS));
    }

    @Test
    void nobodyJudgesMessagesOutsideTheirPortfolio() {
        say(FURIOUS);
        Visitor ben = people.csmWithOwnAccounts("Ben Carter");

        assertThat(ben.post("/cases/" + opened + "/messages/" + latest() + "/tone", Map.of("tone", "calm"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ben.get("/cases/tone.csv").body()).doesNotContain("disappointed");
        assertThat(people.reader()
                        .post("/cases/" + opened + "/messages/" + latest() + "/tone", Map.of("tone", "calm"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void wordsOfACustomerAreShownAsWordsEverywhere() {
        say("I hate this <script>alert(1)</script> awful, horrible thing, case #<b>1</b>!!!");
        score();

        assertThat(page()).doesNotContain("<script>alert(1)");
        assertThat(people.admin().get("/signals").body()).doesNotContain("<script>alert(1)", "<b>1</b>");
    }

    private UUID open(String text, String draft) {
        String location = sam.post(
                        "/cases",
                        Map.of(
                                "account",
                                harbor.toString(),
                                "contact",
                                mia.toString(),
                                "subject",
                                "Export stops",
                                "text",
                                text,
                                "impact",
                                "one",
                                "urgency",
                                "slowed",
                                "draft",
                                draft))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private void say(String text) {
        clock.moveBy(Duration.ofMinutes(1));
        sam.post(
                "/cases/" + opened + "/messages",
                Map.of("kind", "customer", "body", text, "draft", "d" + text.hashCode()));
    }

    private void imported(String id, String text) {
        clock.moveBy(Duration.ofMinutes(1));
        String external = database.sql("select external_id from cases.support_case where id = :id")
                .param("id", opened)
                .query(String.class)
                .single();
        records.upsert(
                records.type("case-messages").orElseThrow(),
                List.of(new RecordRow(
                        1,
                        id,
                        Map.of(
                                "case",
                                external,
                                "kind",
                                "customer",
                                "at",
                                clock.instant().toString(),
                                "body",
                                text),
                        Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "Import of messages", Records.Formats.ISO));
    }

    /** What is said at an instant is known after it. */
    private void score() {
        clock.moveBy(Duration.ofMinutes(1));
        live.drain();
    }

    private void judge(String tone) {
        post(latest(), tone);
    }

    private void judgeFirst(String tone) {
        post(
                database.sql("select id from cases.message where kind = 'customer' order by at, id limit 1")
                        .query(UUID.class)
                        .single(),
                tone);
    }

    private void post(UUID message, String tone) {
        assertThat(sam.post("/cases/" + opened + "/messages/" + message + "/tone", Map.of("tone", tone))
                        .statusCode())
                .isEqualTo(302);
    }

    private UUID latest() {
        return database.sql("select id from cases.message where kind = 'customer' order by at desc, id desc limit 1")
                .query(UUID.class)
                .single();
    }

    private String page() {
        return sam.get("/cases/" + opened).body();
    }

    private long number() {
        return database.sql("select number from cases.support_case where id = :id")
                .param("id", opened)
                .query(Long.class)
                .single();
    }

    private Signal upset() {
        return standing().stream()
                .filter(signal -> signal.cause().equals("upset_customer"))
                .findFirst()
                .orElseThrow();
    }

    private List<Signal> standing() {
        return signals.open(Signals.Filter.NONE, 100);
    }
}
