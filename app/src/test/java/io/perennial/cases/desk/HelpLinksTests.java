package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.knowledge.ArticleDetails;
import io.perennial.knowledge.ArticleEditing;
import io.perennial.knowledge.Audience;
import io.perennial.knowledge.Language;
import io.perennial.knowledge.SelfService;
import io.perennial.knowledge.Votes;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Sam answers Ana with a link to an article; what becomes of it is counted, and only what a person did. */
@PerennialTest
class HelpLinksTests extends CaseMailStory {

    private static final String HOST = "https://success.lumenworks.example";
    private static final Pattern LINK = Pattern.compile(Pattern.quote(HOST) + "(/help/\\S+)");

    @Autowired
    ArticleEditing editing;

    @Autowired
    SelfService visits;

    @Autowired
    Votes votes;

    UUID article;
    UUID id;
    Visitor reader;

    @BeforeEach
    void anaAsks() {
        article = editing.create(
                        new ArticleDetails(Audience.CUSTOMERS, null, null, null, null, List.of()),
                        new ArticleEditing.Text(Language.ENGLISH, "Large exports", "Choose *CSV* and wait."),
                        Actor.SYSTEM)
                .article();
        editing.publish(article, Language.ENGLISH, Actor.SYSTEM);
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        id = onlyCase();
        delivery.drain();
        reader = people.stranger();
    }

    /** Sam sends the link, and this is what Ana finds in her mail. */
    private String sentLink(String draft) throws Exception {
        reply(id, "Please see " + HOST + "/help/" + article + "?in=en\nI hope it helps.", draft);
        delivery.drain();
        Matcher link = LINK.matcher(text(last()));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private HttpResponse<String> vote(String link, String useful) {
        return reader.send(
                "POST",
                link,
                BodyPublishers.ofString("useful=" + useful + "&comment=Thanks"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private String history() {
        String account = database.sql("select account_id from cases.support_case where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        return Jsoup.parse(sam.get("/accounts/" + account + "?tab=timeline&kind=article")
                        .body())
                .select(".timeline")
                .text();
    }

    private long openings() {
        return database.sql("select coalesce(sum(openings), 0) from knowledge.sent_link")
                .query(Long.class)
                .single();
    }

    @Test
    void theLinkOfALetterIsItsReadersOwnAndColleaguesSeeThePlainOne() throws Exception {
        String link = sentLink("d-1");

        assertThat(link).contains("/help/" + article + "?in=en&link=");
        assertThat(page(id).select(".case-reply").text())
                .contains("/help/" + article + "?in=en")
                .doesNotContain("link=");
        assertThat(sentLink("d-2")).as("each letter has its own").isNotEqualTo(link);
        assertThat(sam.get("/knowledge/" + article).body()).contains("in 2 answers, 0 opened");
        assertThat(history())
                .containsPattern("(?s)Article sent: Large exports.*Article sent")
                .doesNotContain("opened");
        assertThat(database.sql("select token_hash from knowledge.sent_link")
                        .query(String.class)
                        .list())
                .noneMatch(link::contains);
    }

    @Test
    void aReaderVotesOnceByAButtonWithoutSigningIn() throws Exception {
        String link = sentLink("d-1");
        Document page = Jsoup.parse(reader.get(link).body());
        assertThat(page.select("form").attr("action")).isEqualTo(link);
        assertThat(page.select("form button").eachText()).containsExactly("Yes, it helped", "No");
        assertThat(votes.on(article).all()).as("opening answers nothing").isZero();

        assertThat(vote(link, "no").statusCode()).isEqualTo(302);
        assertThat(vote(link, "yes").headers().firstValue("Location").orElse(""))
                .endsWith(link);

        assertThat(votes.on(article).yes()).isEqualTo(1);
        assertThat(votes.on(article).all()).as("the last answer counts").isEqualTo(1);
        assertThat(votes.on(article).comments().getFirst().comment()).isEqualTo("Thanks");
        assertThat(Jsoup.parse(reader.get(link).body()).select("[role=status]").text())
                .contains("Thank you.");
        assertThat(vote(sentLink("d-2"), "yes").statusCode()).isEqualTo(302);
        assertThat(votes.on(article).all()).as("another link, another vote").isEqualTo(2);
    }

    @Test
    void whoHasNoLinkOfALetterReadsAndDoesNotVote() throws Exception {
        String plain = "/help/" + article + "?in=en";
        String link = sentLink("d-1");
        assertThat(reader.get(plain).body()).contains("Large exports").doesNotContain("<form");
        assertThat(reader.get(plain + "&link=guessed").body())
                .contains("Large exports")
                .doesNotContain("<form");
        assertThat(vote(plain, "yes").statusCode()).isEqualTo(404);
        assertThat(vote(plain + "&link=guessed", "yes").statusCode()).isEqualTo(404);
        assertThat(vote(link, "perhaps").statusCode()).isEqualTo(400);
        editing.retire(article, Language.ENGLISH, Actor.SYSTEM);
        assertThat(vote(link, "yes").statusCode()).isEqualTo(404);
        assertThat(votes.on(article).all()).isZero();
    }

    @Test
    void machinesThatCheckMailCountForNobody() throws Exception {
        String link = sentLink("d-1");
        reader.get(link);
        reader.send("HEAD", link, BodyPublishers.noBody(), Map.of());
        clock.moveBy(Duration.ofMinutes(5));
        reader.send("HEAD", link, BodyPublishers.noBody(), Map.of());
        reader.send("GET", link, BodyPublishers.noBody(), Map.of("Sec-Purpose", "prefetch"));
        assertThat(openings()).isZero();

        reader.get(link);
        reader.get(link);
        assertThat(openings()).as("within half an hour it is one reading").isEqualTo(1);
        clock.moveBy(Duration.ofHours(1));
        reader.get(link);
        assertThat(openings()).isEqualTo(2);
        assertThat(visits.deflection(90).visits()).as("one link, one question").isEqualTo(1);
    }

    @Test
    void deflectionIsTheShareOfReadersWhoDidNotWriteAgain() throws Exception {
        String first = sentLink("d-1");
        clock.moveBy(Duration.ofHours(1));
        reader.get(first);
        sam = people.support();
        assertThat(sam.get("/knowledge/gaps").body()).contains("less than 24 hours old");
        clock.moveBy(Duration.ofHours(25));
        sam = people.support();
        assertThat(Jsoup.parse(sam.get("/knowledge/gaps").body()).text())
                .contains("100.0 %", "1 of 1 visits", "first openings of article links");
        String second = sentLink("d-2");
        clock.moveBy(Duration.ofHours(1));
        reader.get(second);
        clock.moveBy(Duration.ofHours(3));
        arrives(letter("9@oslo-ferry.example", "Still no export", "The same."));
        poller.poll();
        clock.moveBy(Duration.ofHours(25));

        SelfService.Figure figure = visits.deflection(90);

        assertThat(figure.withIntent()).isEqualTo(2);
        assertThat(figure.withoutCase()).isEqualTo(1);
        assertThat(figure.share()).hasValue(.5);
        sam = people.support();
        assertThat(Jsoup.parse(sam.get("/knowledge/gaps").body()).text()).contains("50.0 %", "1 of 2 visits");
    }
}
