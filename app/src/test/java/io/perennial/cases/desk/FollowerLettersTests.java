package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Kim follows what Ana asks and Sam answers, over a real mail server. */
@PerennialTest
class FollowerLettersTests extends CaseMailStory {

    private static final String KIM = "kim.vale@perennial.example";

    @Autowired
    FollowerLetters followers;

    Visitor kim;
    UUID id;

    @BeforeEach
    void kimFollowsACase() {
        kim = people.csm("Kim Vale");
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        id = onlyCase();
        kim.post("/cases/" + id + "/followers", Map.of());
        delivery.drain();
        clock.moveBy(Duration.ofMinutes(1));
    }

    private void note(Visitor who, String body, String draft) {
        who.post("/cases/" + id + "/messages", Map.of("kind", "note", "body", body, "draft", draft));
    }

    /** Moves on, and lets the letters go. */
    private int after(Duration time) {
        clock.moveBy(time);
        int written = followers.tell();
        delivery.drain();
        return written;
    }

    @Test
    void whatCameWithinAFewMinutesStandsInOneLetter() throws Exception {
        reply(id, "Which file was it?", "d-1");
        clock.moveBy(Duration.ofMinutes(1));
        note(sam, "Same as last week.", "n-1");
        assertThat(after(Duration.ofMinutes(1))).as("something more may come").isZero();

        assertThat(after(Duration.ofMinutes(1))).isEqualTo(1);

        MimeMessage letter = sent(KIM)[0];
        assertThat(letter.getSubject()).isEqualTo("News of case #" + number(id) + " Export fails");
        assertThat(text(letter))
                .contains(
                        "Oslo Ferry",
                        "Sam Support answered: Which file was it?",
                        "Sam Support left a note: Same as last week.",
                        "Sam Support set it to waiting",
                        "https://success.lumenworks.example/cases/" + id)
                .doesNotContain("It says 500.");
        assertThat(header(letter, "Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(after(Duration.ofHours(1))).as("told once").isZero();
        assertThat(sent(CUSTOMER)).as("a note is no letter to the customer").hasSize(2);
        for (MimeMessage theirs : sent(CUSTOMER)) {
            assertThat(text(theirs)).doesNotContain("Same as last week.");
        }
    }

    @Test
    void aBusyCaseWritesAtMostFourLettersAnHour() throws Exception {
        int written = 0;
        for (int minute = 0; minute < 60; minute++) {
            note(sam, "Minute " + minute, "n-" + minute);
            written += after(Duration.ofMinutes(1));
        }

        assertThat(written).isEqualTo(4);
        assertThat(sent(KIM)).hasSize(4);
    }

    @Test
    void nobodyHearsOfWhatTheyDidThemselvesOrHaveSeen() {
        note(kim, "I called them.", "n-1");
        assertThat(after(Duration.ofMinutes(5))).isZero();
        note(sam, "Thank you.", "n-2");
        kim.get("/cases/" + id);

        assertThat(after(Duration.ofMinutes(5))).isZero();
    }

    @Test
    void aCustomersLetterIsNewsAndSoIsBeingNamed() throws Exception {
        Visitor lou = people.csm("Lou Reed");
        note(sam, "@Lou Reed can you look?", "n-1");
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(2);

        assertThat(text(sent("lou.reed@perennial.example")[0]))
                .contains("left a note: @Lou Reed can you look?")
                .as("not the whole story")
                .doesNotContain("It says 500.");
        clock.moveBy(Duration.ofSeconds(1));
        arrives(answering(lastReceipt(), "2@oslo-ferry.example", "Any news?"));
        poller.poll();
        assertThat(after(Duration.ofMinutes(20))).isEqualTo(2);
        assertThat(text(sent(KIM)[1])).contains("Ana Berg wrote: Any news?");
        assertThat(lou.get("/cases?view=followed").body()).contains("News");
    }

    private String lastReceipt() throws Exception {
        return sent(CUSTOMER)[0].getMessageID();
    }

    @Test
    void everybodyChoosesHowOften() throws Exception {
        assertThat(Jsoup.parse(kim.get("/cases?view=followed").body())
                        .select("#follow-mail option[selected]")
                        .val())
                .isEqualTo("soon");
        kim.post("/cases/followed/mail", Map.of("wish", "daily"));
        note(sam, "One", "n-1");
        assertThat(after(Duration.ofHours(5))).isZero();
        assertThat(after(Duration.ofHours(18))).as("eight the next morning").isEqualTo(1);

        kim = people.csm("Kim Vale");
        sam = people.support();
        kim.post("/cases/followed/mail", Map.of("wish", "never"));
        note(sam, "Two", "n-2");
        assertThat(after(Duration.ofDays(3))).isZero();
        assertThat(sent(KIM)).hasSize(1);
        kim = people.csm("Kim Vale");
        assertThat(kim.post("/cases/followed/mail", Map.of("wish", "hourly")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void aCustomersAddressGetsNoLetterForColleagues() {
        database.sql("update accounts.contact set email = 'Kim.Vale@perennial.example' where id = :id")
                .param("id", person(new io.perennial.world.Book(database), ferry, "Kim V.", "x@oslo-ferry.example"))
                .update();
        note(sam, "They must not read this.", "n-1");

        assertThat(after(Duration.ofMinutes(5))).isZero();
    }

    @Test
    void whoMayNotSeeTheCaseAnyMoreHearsNothing() {
        database.sql("update identity.team_member set portfolio = 'own' where id = :id")
                .param("id", kim.id())
                .update();
        note(sam, "A word.", "n-1");

        assertThat(after(Duration.ofMinutes(5))).isZero();
    }

    @Test
    void manyRoundsAtOnceWriteOneLetter() throws Exception {
        note(sam, "A word.", "n-1");
        clock.moveBy(Duration.ofMinutes(5));

        int written =
                IntStream.range(0, 6).mapToObj(i -> CompletableFuture.supplyAsync(followers::tell)).toList().stream()
                        .mapToInt(CompletableFuture::join)
                        .sum();
        delivery.drain();

        assertThat(written).isEqualTo(1);
        assertThat(sent(KIM)).hasSize(1);
    }
}
