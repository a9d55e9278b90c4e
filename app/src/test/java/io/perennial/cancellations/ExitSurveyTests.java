package io.perennial.cancellations;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.MailStory;
import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A letter asks why, its link shows, and only a button answers. */
@PerennialTest
class ExitSurveyTests extends MailStory {

    @Autowired
    People people;

    private Leaving leaving;
    private AccountId oslo;
    private UUID ana;
    private UUID loss;
    private Visitor csm;

    @BeforeEach
    void osloGaveNotice() {
        Book book = new Book(database);
        leaving = new Leaving(database);
        oslo = book.account("oslo-ferry", "Oslo Ferry");
        ana = book.contact(oslo, "Ana Berg", "decision_maker", null, null);
        database.sql("update accounts.contact set email = :mail, language = 'de' where id = :id")
                .param("mail", CUSTOMER)
                .param("id", ana)
                .update();
        loss = leaving.notice(oslo, "2026-11-10", "2026-12-31", "cost");
        csm = people.csm("Ben Carter");
    }

    private String address() {
        return "/accounts/" + oslo + "/cancellations/" + loss + "/survey";
    }

    private String link() throws Exception {
        delivery.drain();
        MimeMessage[] letters = sent(CUSTOMER);
        String text = String.valueOf(letters[letters.length - 1].getContent());
        return text.substring(text.indexOf("/leaving/")).split("\\s", 2)[0];
    }

    @Test
    void theLetterIsShownBeforeItLeavesAndLeavesOnce() throws Exception {
        var preview = Jsoup.parse(csm.get(address()).body());
        assertThat(preview.select(".letter-sample").text())
                .contains("Warum haben Sie sich entschieden zu gehen?", "Guten Tag Ana Berg");

        assertThat(csm.post(address(), Map.of("contact", ana.toString())).statusCode())
                .isEqualTo(302);
        var twice = csm.post(address(), Map.of("contact", ana.toString()));

        assertThat(twice.statusCode()).isEqualTo(422);
        assertThat(twice.body()).contains("They were asked already");
        delivery.drain();
        assertThat(sent(CUSTOMER)).hasSize(1);
        assertThat(Jsoup.parse(csm.get(address()).body()).text()).contains("To Ana Berg by Ben Carter", "Sent: 250 OK");
    }

    @Test
    void openingTheLinkAnswersNothingAndAButtonDoes() throws Exception {
        csm.post(address(), Map.of("contact", ana.toString()));
        String link = link();
        Visitor stranger = people.stranger();

        var page = stranger.get(link);
        stranger.get(link);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Was war der Hauptgrund", "<button")
                .doesNotContain("Oslo", "Ana Berg", "<script");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answers()).isZero();

        assertThat(stranger.post(link, Map.of("category", "competitor")).statusCode())
                .isEqualTo(302);
        assertThat(stranger.get(link).body()).contains("Ein anderes Produkt", "Vielen Dank.");
        stranger.post(link, Map.of("category", "poor_service", "comeBack", "maybe", "words", "Long waits in spring"));

        assertThat(answers()).as("an answer replaces the one before").isEqualTo(1);
        assertThat(database.sql("""
                select kind || '; ' || survey || '; ' || comment || '; ' || (attributes ->> 'come_back')
                from surveys.survey_response
                """).query(String.class).single())
                .isEqualTo("exit; Exit survey: Poor service; Long waits in spring; maybe");
        String panel = Jsoup.parse(
                        csm.get("/accounts/" + oslo + "?tab=contracts").body())
                .select("#panel-leaving")
                .text();
        assertThat(panel).contains("Cost", "Survey: Poor service", "would come back: maybe", "The reasons differ");
    }

    private int answers() {
        return database.sql("select count(*) from surveys.survey_response")
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsNoAnswerOrNoLinkIsRefused() throws Exception {
        csm.post(address(), Map.of("contact", ana.toString()));
        String link = link();
        Visitor stranger = people.stranger();

        assertThat(stranger.post(link, Map.of("category", "sadness")).statusCode())
                .isEqualTo(400);
        assertThat(stranger.post(link, Map.of("category", "cost", "comeBack", "never"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(stranger.get(link.substring(0, link.length() - 1) + "x").statusCode())
                .isEqualTo(404);
        assertThat(stranger.post("/leaving/gone", Map.of("category", "cost")).statusCode())
                .isEqualTo(404);
        clock.moveBy(Duration.ofDays(61));
        assertThat(stranger.get(link).statusCode()).isEqualTo(404);
        assertThat(stranger.post(link, Map.of("category", "cost")).statusCode()).isEqualTo(404);
        assertThat(answers()).isZero();
    }

    @Test
    void askingAgainMakesTheEarlierLinkWorthless() throws Exception {
        csm.post(address(), Map.of("contact", ana.toString()));
        String first = link();

        csm.post(address(), Map.of("contact", ana.toString(), "again", "true"));

        String second = link();
        assertThat(second).isNotEqualTo(first);
        assertThat(people.stranger().get(first).statusCode()).isEqualTo(404);
        assertThat(people.stranger().get(second).statusCode()).isEqualTo(200);
        assertThat(people.reader()
                        .post(address(), Map.of("contact", ana.toString()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(csm.post(address(), Map.of("contact", UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(422);
    }
}
