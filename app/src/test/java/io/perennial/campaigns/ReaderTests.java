package io.perennial.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.identity.Viewer;
import io.perennial.mail.Delivery.State;
import io.perennial.mail.Letter;
import io.perennial.mail.MailStory;
import io.perennial.mail.Purpose;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What readers of our letters decide, over real letters and real requests. */
@PerennialTest
class ReaderTests extends MailStory {

    @Autowired
    UnsubscribeLinks links;

    @Autowired
    Consents consents;

    @Autowired
    LetterRules rules;

    @Autowired
    People people;

    AccountId oslo;
    UUID ana;
    Visitor leader;

    @BeforeEach
    void anaWorksAtOsloFerry() {
        Book book = new Book(database);
        oslo = book.account("oslo", "Oslo Ferry");
        ana = book.contact(oslo, "Ana Berg", "champion", null, null);
        database.sql(
                        "update accounts.contact set email = :mail, time_zone = 'Europe/Oslo', language = 'en' where id = :id")
                .param("mail", CUSTOMER)
                .param("id", ana)
                .update();
        leader = people.leader();
    }

    @Test
    void oneClickWithoutCookieOrTokenEndsLettersOfThatKindAtOnceAndAScannerEndsNothing() {
        String link = "/unsubscribe/" + links.token(hint("hint-1", Purpose.CAMPAIGN));
        UUID queued = hint("hint-2", Purpose.CAMPAIGN);
        UUID survey = hint("survey-1", Purpose.SURVEY);
        Visitor nobody = people.stranger();

        HttpResponse<String> scanned = nobody.get(link);
        assertThat(scanned.statusCode()).isEqualTo(200);
        assertThat(scanned.body()).contains("No more of these: hints and invitations?", CUSTOMER);
        assertThat(scanned.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(said(Purpose.CAMPAIGN)).isEmpty();

        HttpResponse<String> clicked = nobody.send(
                "POST",
                link,
                BodyPublishers.ofString("List-Unsubscribe=One-Click"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(clicked.statusCode()).isEqualTo(200);
        assertThat(clicked.body()).contains("Done. You get no more of these");
        assertThat(said(Purpose.CAMPAIGN)).containsExactly("refused by one-click");

        delivery.drain();
        assertThat(of(queued).state()).isEqualTo(State.WITHHELD);
        assertThat(of(queued).words())
                .isEqualTo("Wants no letters of this kind, said by the link in a letter on 2026-11-24.");
        assertThat(of(survey).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void mailProgramsSendTheClickAsAFormWithPartsAndMoreThanOnce() {
        String link = "/unsubscribe/" + links.token(hint("hint-1", Purpose.CAMPAIGN));
        String form = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";

        for (int i = 0; i < 3; i++) {
            assertThat(people.stranger()
                            .send(
                                    "POST",
                                    link,
                                    BodyPublishers.ofString(form),
                                    Map.of("Content-Type", "multipart/form-data; boundary=b"))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(said(Purpose.CAMPAIGN)).containsExactly("refused by one-click");

        assertThat(people.stranger()
                        .post("/unsubscribe/" + "A".repeat(43), Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.stranger().get("/unsubscribe/..%2f..%2fadmin").statusCode())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void whoLeftTheCompanyWhileALetterWaitedDoesNotGetIt() {
        UUID hint = hint("hint-1", Purpose.PLAYBOOK);
        database.sql("update accounts.contact set left_on = date '2026-11-23' where id = :ana")
                .param("ana", ana)
                .update();
        delivery.drain();
        assertThat(of(hint).state()).isEqualTo(State.WITHHELD);
        assertThat(of(hint).words()).isEqualTo("Has left the company.");
    }

    @Test
    void theReaderChoosesKindsLanguageAndHours() {
        String link = "/unsubscribe/" + links.token(hint("hint-1", Purpose.CAMPAIGN));
        people.stranger().post(link, Map.of());
        assertThat(people.stranger()
                        .post(link + "/choices", Map.of("only", "true", "kind", "campaign"))
                        .body())
                .contains("Good. These letters come again");

        assertThat(people.stranger()
                        .post(
                                link + "/choices",
                                Map.of("kind", "campaign", "language", "de", "from", "18", "to", "9", "day", "0"))
                        .statusCode())
                .isEqualTo(422);
        // Tuesdays, in the evening of Oslo, in German; no surveys, no playbooks, no notices.
        String kept = people.stranger()
                .post(
                        link + "/choices",
                        Map.of("kind", "campaign", "language", "de", "from", "18", "to", "20", "day", "1"))
                .body();
        assertThat(kept).contains("Gespeichert. Es gilt ab sofort.", "lang=\"de\"");
        assertThat(said(Purpose.SURVEY)).containsExactly("refused by choices");

        UUID hint = hint("hint-2", Purpose.CAMPAIGN);
        UUID survey = hint("survey-1", Purpose.SURVEY);
        delivery.drain();
        assertThat(of(survey).state()).isEqualTo(State.WITHHELD);
        assertThat(of(hint).words()).isEqualTo("Waits for the reader's hours: 24 Nov 18:00 in Europe/Oslo.");

        clock.moveTo(Instant.parse("2026-11-24T17:00:00Z"));
        delivery.drain();
        assertThat(of(hint).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void oneMailboxGetsTwoLettersAWeekWhoeverSendsThem() {
        UUID first = hint("hint-1", Purpose.CAMPAIGN);
        UUID second = hint("survey-1", Purpose.SURVEY);
        UUID third = hint("help-1", Purpose.PLAYBOOK);
        UUID answer = post("case-1");
        delivery.drain();

        assertThat(List.of(of(first).state(), of(second).state(), of(answer).state()))
                .containsOnly(State.ACCEPTED);
        assertThat(of(third).state()).isEqualTo(State.WAITING);
        assertThat(of(third).words()).isEqualTo("Got 2 letters within 7 days.");

        clock.moveBy(Duration.ofDays(7));
        delivery.drain();
        assertThat(of(third).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void theHouseMayAskFirstAndWhatStaffHeardCanBeTakenBack() {
        Viewer lin = new Viewer(leader.id(), "Lin", "", io.perennial.identity.Role.LEADER, true);
        LetterRules.Rules shipped = rules.now();
        rules.set(
                new LetterRules.Rules(2, 7, 0, 24, 127, "Europe/Oslo", Set.of(Purpose.CAMPAIGN), shipped.leaderAbove()),
                lin);
        UUID unasked = hint("hint-1", Purpose.CAMPAIGN);
        delivery.drain();
        assertThat(of(unasked).words()).isEqualTo("Was never asked whether such letters are welcome.");

        UUID change = consents.record(ana, Purpose.CAMPAIGN, true, "call of 20 November", null, lin);
        UUID asked = hint("hint-2", Purpose.CAMPAIGN);
        delivery.drain();
        assertThat(of(asked).state()).isEqualTo(State.ACCEPTED);

        assertThat(leader.post("/changes/" + change + "/undo", Map.of()).statusCode())
                .isLessThan(400);
        assertThat(said(Purpose.CAMPAIGN)).isEmpty();
    }

    @Test
    void consentsComeFromOutsideAndTheLatestWordCountsWhateverTheOrderOfRows() {
        Visitor program = people.program("write");
        assertThat(consent(program, "c-2", "refused", "2026-11-20T10:00:00Z")).isLessThan(300);
        assertThat(consent(program, "c-1", "granted", "2025-01-10T10:00:00Z")).isLessThan(300);
        assertThat(program.json("PUT", "/api/v1/consents/c-3", "{\"contact\": \"nobody\", \"purpose\": \"campaign\"}")
                        .statusCode())
                .isEqualTo(422);
        UUID hint = hint("hint-1", Purpose.CAMPAIGN);
        delivery.drain();

        assertThat(of(hint).state()).isEqualTo(State.WITHHELD);
        assertThat(of(hint).words()).contains("said web form on 2026-11-20");
    }

    private int consent(Visitor program, String id, String state, String at) {
        String contact = database.sql("select external_id from accounts.contact where id = :id")
                .param("id", ana)
                .query(String.class)
                .single();
        return program.json(
                        "PUT",
                        "/api/v1/consents/" + id,
                        "{\"contact\": \"%s\", \"purpose\": \"campaign\", \"state\": \"%s\", \"given_at\": \"%s\", \"source\": \"web form\"}"
                                .formatted(contact, state, at))
                .statusCode();
    }

    private UUID hint(String key, Purpose purpose) {
        return outbox.post(
                new Letter(
                        key,
                        CUSTOMER,
                        "Ana Berg",
                        "A hint",
                        "Reports.\n",
                        null,
                        Map.of(),
                        List.of(),
                        "hint",
                        oslo.value(),
                        ana,
                        purpose),
                Actor.SYSTEM);
    }

    private List<String> said(Purpose purpose) {
        return database.sql(
                        "select state || ' by ' || source from campaigns.consent where purpose = :purpose order by given_at")
                .param("purpose", purpose.key())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
