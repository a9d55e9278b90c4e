package io.perennial.knowledge.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.Hostile;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PerennialTest
class KnowledgePagesTests {

    @Autowired
    People people;

    @Autowired
    JdbcClient database;

    Visitor support;

    @BeforeEach
    void somebodyOfSupport() {
        support = people.support();
    }

    @Test
    void anArticleIsWrittenPublishedFoundAndReadByForms() {
        String article = write("How do I share a board?", "Choose **Share**.", "publish");

        Document results = page("/knowledge?q=share");
        assertThat(results.select(".knowledge-results a").attr("href")).startsWith(article);
        Document read = page(results.select(".knowledge-results a").attr("href"));
        assertThat(read.select("article strong").text()).isEqualTo("Share");
        assertThat(database.sql("select opened_article is not null from knowledge.search")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void comingBackToTheResultsIsNoNewSearch() {
        page("/knowledge?q=nothing+like+this");
        page("/knowledge?q=nothing+like+this");

        assertThat(database.sql("select count(*) from knowledge.search")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(page("/knowledge/gaps").select("tbody tr")).hasSize(1);
        assertThat(page("/knowledge/gaps").select("tbody a.button").attr("href"))
                .startsWith("/knowledge/new?title=nothing");
    }

    @Test
    void aMissingTranslationSaysSoAndOffersTheOther() {
        String article = write("How do I share a board?", "Choose Share.", "publish");

        assertThat(page(article + "?language=de").text())
                .contains("There is no German text of this article. This is the English one.", "Translate it");
    }

    @Test
    void whoSavesLaterSeesBothTexts() {
        String article = write("Share", "First words.", "draft");
        Document mine = page(article + "/edit");
        Document theirs = page(article + "/edit");
        Visitor ana = people.csm("Ana Reyes");
        assertThat(ana.post(article + "/text", form(theirs, "Words of Ana.")).statusCode())
                .isEqualTo(302);

        HttpResponse<String> refused = support.post(article + "/text", form(mine, "Words of Sam."));

        assertThat(refused.statusCode()).isEqualTo(409);
        Document conflict = Jsoup.parse(refused.body());
        assertThat(conflict.select("textarea[name=body]").text()).isEqualTo("Words of Sam.");
        assertThat(conflict.select(".knowledge-difference del").text()).contains("Words of Ana.");
        Map<String, String> again = new HashMap<>(form(conflict, "Words of Sam."));
        again.put("then", "over");
        assertThat(support.post(article + "/text", again).statusCode()).isEqualTo(302);
        assertThat(page(article + "/versions").select("tbody tr")).hasSize(3);
    }

    @Test
    void withoutScriptsThePreviewIsAPageOfItsOwn() {
        Document editor = Jsoup.parse(support.post(
                        "/knowledge",
                        Map.of("title", "Share", "body", "Choose **Share**.", "language", "en", "then", "preview"))
                .body());

        assertThat(editor.select("#preview strong").text()).isEqualTo("Share");
        assertThat(editor.select("textarea[name=body]").text()).isEqualTo("Choose **Share**.");
        assertThat(database.sql("select count(*) from knowledge.article")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsWrongIsSaidAndWhatWasTypedIsKept() {
        HttpResponse<String> refused =
                support.post("/knowledge", Map.of("title", " ", "body", "Long words.", "language", "en"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("An article needs a title.", "Long words.");
        HttpResponse<String> day = support.post(
                "/knowledge", Map.of("title", "T", "body", "B", "language", "en", "reviewOn", "soon", "owner", "me"));
        assertThat(day.statusCode()).isEqualTo(422);
    }

    @Test
    void whoOnlyLooksReadsAndSearchesButWritesNothing() {
        String article = write("Share", "Words.", "publish");
        Visitor reader = people.reader();

        assertThat(reader.get(article).statusCode()).isEqualTo(200);
        assertThat(reader.get("/knowledge?q=share").statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(reader.get(article).body()).select("main form[method=post]"))
                .isEmpty();
        assertThat(reader.get(article + "/edit").statusCode()).isEqualTo(403);
        assertThat(reader.post(article + "/publication", Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void articlesAreFoundFromThePalette() {
        write("How do I share a board?", "Choose Share.", "publish");

        HttpResponse<String> found = support.send(
                "GET", "/search?q=share", HttpRequest.BodyPublishers.noBody(), Map.of("Accept", "application/json"));

        assertThat(found.body()).contains("\"kind\":\"Articles\"", "How do I share a board?");
        assertThat(database.sql("select count(*) from knowledge.search")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aVoteIsCountedOncePerReader() {
        String article = write("Share", "Words.", "publish");
        support.post(article + "/vote", Map.of("useful", "yes"));
        support.post(article + "/vote", Map.of("useful", "no", "comment", "A <b>step</b> is missing"));

        assertThat(page(article).text()).contains("0 of 1 reader", "A <b>step</b> is missing");
    }

    @Test
    void unknownArticlesAndOddAddressesAreNotFound() {
        for (String address : new String[] {
            "/knowledge/00000000-0000-0000-0000-000000000000",
            "/knowledge/00000000-0000-0000-0000-000000000000/edit",
            "/knowledge/00000000-0000-0000-0000-000000000000/versions",
            "/knowledge/nonsense"
        }) {
            assertThat(support.get(address).statusCode()).as(address).isEqualTo(404);
        }
    }

    @Test
    void aPictureOfFiveMegabytesInTheTextIsRefused() {
        HttpResponse<String> refused = support.post(
                "/knowledge",
                Map.of(
                        "title",
                        "Picture",
                        "language",
                        "en",
                        "body",
                        "<img src=\"data:image/png;base64," + "A".repeat(5_242_880) + "\">"));

        assertThat(refused.statusCode()).isBetween(400, 422);
        assertThat(database.sql("select count(*) from knowledge.article")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void hostileSearchesAreAnsweredQuicklyAndShownAsText() {
        write(
                "How do I share a board?",
                "Choose </mark><script>alert(1)</script> foo bar <img src=x onerror=alert(1)>",
                "publish");
        int tried = 0;
        for (Hostile hostile : Hostile.of("search")) {
            String text = hostile.text();
            String shown = text.length() > 3_000 ? text.substring(0, 3_000) : text;
            long start = System.nanoTime();
            HttpResponse<String> answer =
                    support.get("/knowledge?q=" + URLEncoder.encode(shown, StandardCharsets.UTF_8));
            long millis = (System.nanoTime() - start) / 1_000_000;
            String name = hostile.id();
            assertThat(answer.statusCode()).as(name).isEqualTo(hostile.repeated() ? 422 : 200);
            assertThat(millis).as(name + " took").isLessThan(2_000);
            Document page = Jsoup.parse(answer.body());
            assertThat(page.select("main script, main img, main [onerror]"))
                    .as(name)
                    .isEmpty();
            tried++;
        }
        assertThat(tried).isGreaterThan(8);
    }

    private String write(String title, String body, String then) {
        HttpResponse<String> made = support.post(
                "/knowledge",
                Map.of("title", title, "body", body, "language", "en", "audience", "customers", "then", then));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(302);
        String address = made.headers().firstValue("Location").orElseThrow();
        return address.substring(address.indexOf("/knowledge"), address.indexOf('?'));
    }

    private Document page(String address) {
        HttpResponse<String> answer = support.get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private static Map<String, String> form(Document editor, String body) {
        return Map.of(
                "title", editor.select("input[name=title]").val(),
                "body", body,
                "language", editor.select("[name=language]").val(),
                "audience", "customers",
                "seen", editor.select("input[name=seen]").val());
    }
}
