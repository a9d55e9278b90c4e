package io.perennial.surveys;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.SecretText;
import io.perennial.surveys.web.Guesses;
import io.perennial.world.Hostile;
import io.perennial.world.Visitor;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** What strangers do to links, scores and comments. */
class SurveyLinksUnderAttackTests extends AskedCustomers {

    @Test
    void whatIsNoAnswerIsRefusedAndWhatWasTypedIsKept() throws Exception {
        sent(form("Autumn", "nps"));
        String link = link(TOM);
        Visitor stranger = people.stranger();

        for (String score : List.of("-1", "11", "9.5", "\u0669", "", "null", "1e0", "[9]", " 9", "009")) {
            var answer = stranger.post(link, Map.of("score", score, "comment", "Typed with care"));
            assertThat(answer.statusCode()).as("score %s", score).isEqualTo(422);
            assertThat(answer.body()).contains("Typed with care", "Please choose an answer.");
        }
        var huge = stranger.post(link, Map.of("score", "9", "comment", "c".repeat(1_048_576)));
        assertThat(huge.statusCode()).isEqualTo(422);
        assertThat(huge.body()).contains("at most 5,000 characters", "c".repeat(6_000));
        assertThat(count("select count(*) from surveys.survey_response")).isZero();
        assertThat(stranger.post(link, Map.of("score", "9", "question-2", "9")).statusCode())
                .isEqualTo(302);
        assertThat(count("select count(*) from surveys.survey_response")).isEqualTo(1);
    }

    @Test
    void commentsOfAllKindsAreTextEverywhere() throws Exception {
        String survey = sent(form("Autumn", "nps"));
        String link = link(TOM);
        List<String> comments = List.of(
                "<script>fetch(\"/app\")</script><b>bold</b>",
                "=cmd|' /C calc'!A0",
                "\u202Eevil\u202C مرحبا 👩\u200D👩\u200D👧 \u0000 {{owner.name}} ${7*7}",
                "x".repeat(5_000));
        for (String comment : comments) {
            assertThat(people.stranger()
                            .post(link, Map.of("score", "2", "comment", comment))
                            .statusCode())
                    .isEqualTo(302);
            later(java.time.Duration.ofSeconds(1));
            for (String page : List.of(
                    "/surveys/" + survey,
                    "/surveys/answers",
                    "/surveys/follow-ups",
                    "/accounts/" + oslo + "?tab=surveys")) {
                var shown = ben.get(page);
                assertThat(shown.statusCode()).as(page).isEqualTo(200);
                assertThat(shown.body()).as(page).doesNotContain("<script>fetch");
                assertThat(Jsoup.parse(shown.body()).text())
                        .as(page)
                        .contains(comment.replace("\u0000", "")
                                .replaceAll("\\s+", " ")
                                .substring(0, 15));
            }
        }
        assertThat(ben.get("/surveys/" + survey + "/answers.csv").body()).contains("x".repeat(5_000));
        for (Hostile hostile : Hostile.of("survey")) {
            int status = people.stranger()
                    .post(link, Map.of("score", "2", "comment", hostile.text()))
                    .statusCode();
            assertThat(status).as(hostile.id()).isEqualTo(hostile.text().length() > 5_000 ? 422 : 302);
            assertThat(ben.get("/surveys/answers").body()).as(hostile.id()).doesNotContain("<script>fetch");
        }
    }

    @Test
    void guessedLinksFindNothingAndGuessersAreNotListenedTo() throws Exception {
        sent(form("Autumn", "nps"));
        Visitor stranger = people.stranger();
        SecretText text = new SecretText("sv_");
        int limited = 0;
        for (int i = 0; i < 80; i++) {
            int status = stranger.get("/s/" + text.fresh()).statusCode();
            assertThat(status).isIn(404, 429);
            limited += status == 429 ? 1 : 0;
        }
        assertThat(limited).isGreaterThanOrEqualTo(15);
        assertThat(stranger.get(link(TOM)).statusCode()).isEqualTo(429);
        Guesses.forgetAll(application);
        assertThat(stranger.get("/s/" + "x".repeat(3_000)).statusCode()).isEqualTo(404);
        assertThat(stranger.post(link(TOM).substring(0, 20), Map.of("score", "9"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void linksEndWithThePersonTheSurveyAndTheTime() throws Exception {
        String survey = sent(form("Autumn", "nps"));
        Visitor stranger = people.stranger();
        stranger.post(link(CUSTOMER), Map.of("score", "9"));
        database.sql("delete from accounts.contact where id = :id")
                .param("id", tom)
                .update();
        var erased = stranger.get(link(TOM));
        assertThat(erased.statusCode()).isEqualTo(410);
        assertThat(erased.body()).doesNotContain("Tom", "Oslo", "recommend");
        assertThat(stranger.post(link(TOM), Map.of("score", "9")).statusCode()).isEqualTo(410);

        ben.post("/surveys/" + survey + "/close", Map.of());
        assertThat(stranger.post(link(CUSTOMER), Map.of("score", "1")).statusCode())
                .isEqualTo(410);
        ben.post("/surveys/" + survey + "/reopen", Map.of());
        assertThat(stranger.post(link(CUSTOMER), Map.of("score", "8")).statusCode())
                .isEqualTo(302);
        later(java.time.Duration.ofDays(31));
        assertThat(stranger.get(link(CUSTOMER)).statusCode()).isEqualTo(410);
        assertThat(database.sql("select score::int from surveys.survey_response")
                        .query(Integer.class)
                        .list())
                .containsExactly(8);
    }
}
