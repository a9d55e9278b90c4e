package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Some time after a case was solved the customer says how satisfied they are. */
@PerennialTest
class SatisfactionTests extends CaseMailStory {

    private static final String OUTSIDE = "https://success.lumenworks.example";

    @Test
    void aScannerThatOpensEveryLinkAnswersNothingAndTheCustomersButtonDoes() throws Exception {
        UUID id = solved();
        assertThat(satisfaction.ask()).as("not before the pause is over").isZero();
        String path = asked();
        assertThat(text(last())).contains("Guten Tag Ana Berg", "Wie zufrieden");
        assertThat(satisfaction.ask()).as("asked once").isZero();

        Visitor scanner = people.stranger();
        for (int i = 0; i < 3; i++) {
            assertThat(scanner.get(path).statusCode()).isEqualTo(200);
            assertThat(scanner.get(path + "?score=1").statusCode()).isEqualTo(200);
        }
        assertThat(score(id)).isEqualTo("null");

        assertThat(people.stranger().post(path, Map.of("score", "4")).statusCode())
                .isEqualTo(302);
        assertThat(score(id)).isEqualTo("4 of 5");
        assertThat(people.stranger().get(path).body()).contains("Vielen Dank", "Zufrieden");
        people.stranger().post(path, Map.of("score", "2", "words", "Zu langsam"));

        assertThat(score(id)).as("changed").isEqualTo("2 of 5");
        Document page = page(id);
        assertThat(page.select("#case-head").text()).contains("Satisfaction 2 of 5", "The customer is not satisfied");
        assertThat(page.select(".case-event").text()).contains("Ana Berg gave 2 of 5 for satisfaction: Zu langsam");
        assertThat(sam.get("/cases?view=unhappy").body()).contains("Export fails");
        assertThat(database.sql("select count(*) from accounts.changed where account_id = :id")
                        .param("id", ferry.value())
                        .query(Long.class)
                        .single())
                .as("health counts it")
                .isEqualTo(1);
    }

    @Test
    void thePageRunsNothingNamesNobodyAndTellsNobodyItsAddress() throws Exception {
        solved();
        HttpResponse<String> page = people.stranger().get(asked());

        assertThat(page.body())
                .contains("Export fails")
                .doesNotContain("Ana Berg", CUSTOMER, "Oslo Ferry", "Sam Support", "<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("script-src");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(Jsoup.parse(page.body()).select("html").attr("lang")).isEqualTo("de");
    }

    @Test
    void whoGuessesOrComesTooLateFindsNothing() throws Exception {
        UUID id = solved();
        String path = asked();
        assertThat(people.stranger().get("/satisfaction/" + "A".repeat(43)).statusCode())
                .isEqualTo(404);
        assertThat(people.stranger()
                        .post("/satisfaction/" + "A".repeat(43), Map.of("score", "1"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.stranger().post(path, Map.of("score", "9")).statusCode())
                .isEqualTo(400);
        assertThat(database.sql("select token_hash from cases.satisfaction")
                        .query(String.class)
                        .single())
                .as("the link itself is not kept with the case")
                .doesNotContain(path.substring("/satisfaction/".length()));
        assertThat(page(id).text()).as("nor shown to colleagues").doesNotContain(path);
        clock.moveBy(Duration.ofDays(61));
        assertThat(people.stranger().post(path, Map.of("score", "1")).statusCode())
                .isEqualTo(404);

        assertThat(score(id)).isEqualTo("null");
    }

    @Test
    void aCaseThatCameBackIsAskedAboutWhenItIsSolvedAgain() throws Exception {
        UUID id = solved();
        delivery.drain();
        arrives(answering(last().getMessageID(), "2@oslo-ferry.example", "It is back."));
        poller.poll();
        clock.moveBy(Duration.ofHours(25));
        assertThat(satisfaction.ask()).isZero();
        sam = people.support();
        resolve(id, "Mended.");
        clock.moveBy(Duration.ofHours(25));

        assertThat(satisfaction.ask()).isEqualTo(1);
    }

    private UUID solved() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        UUID id = onlyCase();
        resolve(id, "We mended it.");
        return id;
    }

    /** @return the path of the link in the letter that asks */
    private String asked() throws Exception {
        clock.moveBy(Duration.ofHours(25));
        sam = people.support();
        assertThat(satisfaction.ask()).isEqualTo(1);
        delivery.drain();
        String text = text(last());
        return text.substring(text.indexOf(OUTSIDE) + OUTSIDE.length()).strip();
    }

    private String score(UUID id) {
        return database.sql("select satisfaction, satisfaction_scale from cases.support_case where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBigDecimal(1) == null
                        ? "null"
                        : row.getBigDecimal(1).toPlainString() + " of "
                                + row.getBigDecimal(2).toPlainString())
                .single();
    }
}
