package io.perennial.success;

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

/** A customer reaches an outcome and says so itself, once, whatever opens its mail before it does. */
@PerennialTest
class ConfirmationTests extends MailStory {

    @Autowired
    People people;

    private AccountId oslo;
    private UUID eva;
    private UUID reached;
    private UUID open;
    private String page;
    private Visitor csm;

    @BeforeEach
    void osloReachedOneOfTwoOutcomes() {
        Book book = new Book(database);
        oslo = book.account("oslo-ferry", "Oslo Ferry");
        eva = book.contact(oslo, "Eva Lie", "sponsor", null, null);
        database.sql("update accounts.contact set email = :mail where id = :id")
                .param("mail", CUSTOMER)
                .param("id", eva)
                .update();
        csm = people.csm("Ben Carter");
        database.sql("update accounts.account set owner_id = :ben")
                .param("ben", csm.id())
                .update();
        page = csm.post(
                        "/success-plans",
                        Map.of("account", oslo.toString(), "key", "k", "name", "Ferries on a plan that holds"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        reached = outcome("Plans changed on the day", "30", "10");
        open = outcome("Calls to the planner", "60", "20");
        csm.post(page + "/outcomes/" + reached + "/actual", Map.of("actual", "8"));
        csm.post(page + "/outcomes/" + open + "/actual", Map.of("actual", "50"));
    }

    private UUID outcome(String name, String baseline, String target) {
        csm.post(
                page + "/outcomes",
                Map.of("objective", "No surprises", "name", name, "baseline", baseline, "target", target));
        return database.sql("select id from success.outcome where name = :name")
                .param("name", name)
                .query(UUID.class)
                .single();
    }

    private String asked(String key) throws Exception {
        csm.post(page + "/ask", Map.of("contact", eva.toString(), "key", key));
        delivery.drain();
        MimeMessage[] letters = sent(CUSTOMER);
        String text = String.valueOf(letters[letters.length - 1].getContent());
        return text.substring(text.indexOf("/progress/")).split("\\s", 2)[0];
    }

    private long confirmed() {
        return database.sql("select count(*) from success.outcome where confirmed_at is not null")
                .query(Long.class)
                .single();
    }

    @Test
    void aScannerOpensTheLinkAndTheCustomerConfirmsOnce() throws Exception {
        String link = asked("one");
        asked("one");
        assertThat(sent(CUSTOMER)).as("the form sent twice is one letter").hasSize(1);
        Visitor scanner = people.stranger();
        for (int i = 0; i < 3; i++) {
            assertThat(scanner.get(link).statusCode()).isEqualTo(200);
        }
        assertThat(scanner.get(link).body())
                .contains("Plans changed on the day", "Yes, this is reached")
                .doesNotContain("<script");
        assertThat(confirmed()).isZero();
        assertThat(Jsoup.parse(csm.get(page).body()).text()).contains("Sent, no answer yet");

        Map<String, String> yes = Map.of("outcome", reached.toString(), "answer", "yes", "words", "Since <October>");
        assertThat(scanner.post(link, yes).statusCode()).isEqualTo(302);
        scanner.post(link, yes);
        scanner.post(asked("two"), yes);

        assertThat(confirmed()).isEqualTo(1);
        assertThat(events("confirmed Plans changed on the day%")).isEqualTo(1);
        assertThat(scanner.get(link).body()).contains("Confirmed by Eva Lie");
        assertThat(Jsoup.parse(csm.get(page).body()).text())
                .contains("The customer answered", "confirmed by Eva Lie", "Since <October>");
        assertThat(csm.post(page + "/outcomes/" + reached + "/removal", Map.of())
                        .body())
                .contains("The customer confirmed it: it stays");
    }

    private long events(String what) {
        return database.sql("select count(*) from success.event where what like :what")
                .param("what", what)
                .query(Long.class)
                .single();
    }

    @Test
    void whoDoesNotSeeItSoGetsACallOnce() throws Exception {
        String link = asked("one");
        Visitor eva = people.stranger();
        Map<String, String> no =
                Map.of("outcome", reached.toString(), "answer", "no", "words", "The night shift still calls");
        eva.post(link, no);
        eva.post(link, no);
        eva.post(link, Map.of("impact", "neutral", "words", "Better than before"));
        eva.post(link, Map.of("impact", "positive"));

        assertThat(database.sql("select title || '; ' || note || '; ' || owner_id from engagement.task")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "Eva Lie does not see it as reached: Plans changed on the day; The night shift still calls; "
                                + csm.id());
        assertThat(database.sql("select impact || ' by ' || said_by from success.impact")
                        .query(String.class)
                        .list())
                .as("the last word of a day")
                .containsExactly("positive by Eva Lie");
        assertThat(eva.get(link).body()).contains("You said: positive.");
        database.sql("update success.impact set contact_id = null").update();
        assertThat(eva.get(link).body())
                .as("somebody else of the same name said it")
                .doesNotContain("You said");
        assertThat(confirmed()).isZero();
    }

    @Test
    void whatIsNoAnswerOrNoLinkIsRefused() throws Exception {
        String link = asked("one");
        Visitor stranger = people.stranger();
        assertThat(stranger.post(link, Map.of("outcome", open.toString(), "answer", "yes"))
                        .statusCode())
                .as("not reached by what we know")
                .isEqualTo(404);
        assertThat(stranger.post(link, Map.of("outcome", "x", "answer", "yes")).statusCode())
                .isEqualTo(400);
        assertThat(stranger.post(link, Map.of("outcome", reached.toString(), "answer", "maybe"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(stranger.post(link, Map.of("impact", "huge")).statusCode()).isEqualTo(404);
        assertThat(stranger.get(link.substring(0, link.length() - 1) + "x").statusCode())
                .isEqualTo(404);
        database.sql("update accounts.contact set left_on = '2026-11-20'").update();
        assertThat(stranger.get(link).statusCode())
                .as("who left has no link any more")
                .isEqualTo(404);
        database.sql("update accounts.contact set left_on = null").update();
        clock.moveBy(Duration.ofDays(61));
        assertThat(stranger.get(link).statusCode()).isEqualTo(404);
        assertThat(stranger.post(link, Map.of("outcome", reached.toString(), "answer", "yes"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(confirmed()).isZero();
    }
}
