package io.perennial.engagement.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.Letter;
import io.perennial.mail.LetterBox;
import io.perennial.mail.Outbox;
import io.perennial.shared.AccountId;
import io.perennial.shared.Actor;
import io.perennial.world.Book;
import io.perennial.world.People;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ana Reyes writes to Mia Okafor of Harbor Freight Lines and copies her letters to us. */
@PerennialTest
class CaptureTests {

    private static final String ANA = "ana.reyes@perennial.example";

    @Autowired
    JdbcClient database;

    @Autowired
    LetterBox box;

    @Autowired
    Outbox outbox;

    @Autowired
    WaitingLetters waiting;

    @Autowired
    People people;

    private Visitor ana;
    private Book book;
    private AccountId harbor;
    private UUID mia;

    @BeforeEach
    void anaKnowsMia() {
        ana = people.csm("Ana Reyes");
        book = new Book(database);
        harbor = book.account("harbor", "Harbor Freight Lines");
        mia = person(harbor, "Mia Okafor", "mia@harbor.example");
    }

    @Test
    void aColleaguesLetterIsOneTouchpointOfEachCustomerAndNoConversationUntilItIsAnswered() throws IOException {
        AccountId kiva = book.account("kiva", "Kiva Bikes");
        person(kiva, "Kim Vale", "kim@kiva.example");
        String letter = letter(
                ANA, "mia@harbor.example, kim@kiva.example", "one@perennial.example", "Roll-out", "", "Shall we talk?");
        take(letter);
        take(letter);

        assertThat(touchpoints()).containsExactly("harbor out Roll-out false", "kiva out Roll-out false");

        take(letter(
                "mia@harbor.example",
                ANA + ", copy+x@lumenworks.example",
                "two@harbor.example",
                "Re: Roll-out",
                "In-Reply-To: <one@perennial.example>\nReferences: <one@perennial.example>\n",
                "Yes, on Tuesday."));
        assertThat(touchpoints())
                .as("of one thread and day, and only where somebody answered")
                .containsExactly("harbor both Re: Roll-out true", "kiva out Roll-out false");
        assertThat(database.sql("select body from engagement.touchpoint where two_way")
                        .query(String.class)
                        .single())
                .contains("Shall we talk?", "Yes, on Tuesday.");
        assertThat(database.sql("select count(*) from cases.support_case")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anAnswerThatQuotesTheCustomerAndAForwardedLetterAreConversations() throws IOException {
        take(
                letter(
                        ANA,
                        "mia@harbor.example",
                        "three@perennial.example",
                        "Re: Invoice",
                        "References: <unknown@harbor.example>\n",
                        "I looked into it.\n\nOn Mon, 23 Nov 2026, Mia Okafor <mia@harbor.example> wrote:\n> Where is the invoice?"));
        take(
                letter(
                        ANA,
                        "copy@lumenworks.example",
                        "four@perennial.example",
                        "Fwd: Plans",
                        "",
                        "FYI\n\n---------- Forwarded message ---------\nFrom: Mia Okafor <mia@harbor.example>\nSubject: Plans\n\nWe grow."));
        assertThat(touchpoints())
                .containsExactlyInAnyOrder("harbor both Fwd: Plans true", "harbor both Re: Invoice true");
    }

    @Test
    void machinesListsAndLettersToTheHouseAreNoTouchpoints() throws IOException {
        take(letter(
                ANA,
                "mia@harbor.example",
                "five@x.example",
                "Out of office",
                "Auto-Submitted: auto-replied\n",
                "Away"));
        take(letter(ANA, "mia@harbor.example", "six@x.example", "News", "List-Id: <news.x.example>\n", "News"));
        take(letter("stranger@evil.example", "mia@harbor.example", "seven@evil.example", "Hi", "", "Buy"));
        take(letter("stranger@evil.example", "copy@lumenworks.example", "eight@evil.example", "Hi", "", "Buy"));
        assertThat(touchpoints()).isEmpty();
        assertThat(database.sql("select count(*) from engagement.captured")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void anUnknownAddressWaitsUntilOneClickSaysWhoseItIsAndTheClickCanBeTakenBack() throws IOException {
        take(letter(ANA, "noor@harbor.example", "n1@x.example", "Hello Noor", "", "Nice to meet you"));
        take(letter(ANA, "noor@harbor.example", "n2@x.example", "Agenda", "", "For Friday"));
        assertThat(touchpoints()).isEmpty();
        Document page = Jsoup.parse(ana.get("/engagement/letters").body());
        assertThat(page.select("h1").text()).isEqualTo("1 address belongs to nobody yet");
        assertThat(page.text()).contains("noor@harbor.example", "2 letters", "Is with Harbor Freight Lines");

        ana.post(
                "/engagement/letters/assignment",
                Map.of("address", "noor@harbor.example", "account", harbor.toString()));
        assertThat(touchpoints()).containsExactlyInAnyOrder("harbor out Agenda false", "harbor out Hello Noor false");
        Document after = Jsoup.parse(ana.get("/engagement/letters").body());
        assertThat(after.text()).contains("Nothing waits");

        ana.post(after.select("form[action*=undo]").attr("action"), Map.of());
        assertThat(touchpoints()).isEmpty();
        assertThat(ana.get("/engagement/letters").body()).contains("noor@harbor.example");
        assertThat(people.csmWithOwnAccounts("Ben Carter")
                        .get("/engagement/letters")
                        .body())
                .doesNotContain("noor@harbor.example");

        String wrong = Jsoup.parse(following(ana.post(
                        "/engagement/letters/assignment",
                        Map.of("address", "noor@harbor.example", "account", "Nowhere"))))
                .text();
        assertThat(wrong).contains("There is no account \"Nowhere\" in your portfolio");
        person(harbor, "Noor Haddad", "noor@harbor.example"); // somebody makes the contact
        waiting.fileKnown();
        waiting.fileKnown();
        assertThat(touchpoints()).hasSize(2);
    }

    @Test
    void lettersWithPrivateAddressesAreNotKeptAtAll() throws IOException {
        HttpResponse<String> refused = ana.post("/engagement/letters/privacy", Map.of("pattern", "*"));
        assertThat(following(refused)).contains("Write an address such as");
        ana.post("/engagement/letters/privacy", Map.of("pattern", "*@lawyers.example"));

        take(letter(ANA, "tom@lawyers.example", "p1@x.example", "The divorce", "", "Secret words"));
        assertThat(database.sql("select subject || body || quoted from mail.incoming")
                        .query(String.class)
                        .single())
                .isEmpty();
        take(letter(ANA, "tom@lawyers.example, mia@harbor.example", "p2@x.example", "Contract", "", "For both"));
        assertThat(touchpoints()).containsExactly("harbor out Contract false");
        assertThat(ana.get("/engagement/letters").body()).contains("Every letter is filed", "*@lawyers.example");
    }

    @Test
    void anAnswerToAnAutomatedLetterIsAConversationAndStillOpensACase() throws IOException {
        outbox.post(
                new Letter(
                        "survey:1",
                        "mia@harbor.example",
                        "Mia",
                        "How was it?",
                        "Tell us.",
                        null,
                        Map.of(),
                        List.of(),
                        "exit-survey",
                        harbor.value(),
                        mia),
                Actor.SYSTEM);
        String ours = database.sql("select message_id from mail.letter")
                .query(String.class)
                .single();
        take(letter(
                "mia@harbor.example",
                "help@lumenworks.example",
                "r1@harbor.example",
                "Re: How was it?",
                "In-Reply-To: " + ours + "\n",
                "It was good, call me."));
        assertThat(touchpoints()).containsExactly("harbor in Re: How was it? true");
        assertThat(database.sql("select count(*) from cases.support_case")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private String following(HttpResponse<String> answer) {
        return ana.get(answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", ""))
                .body();
    }

    private UUID person(AccountId account, String name, String address) {
        UUID id = book.contact(account, name, "champion", null, null);
        database.sql("update accounts.contact set email = :address where id = :id")
                .param("address", address)
                .param("id", id)
                .update();
        return id;
    }

    private List<String> touchpoints() {
        return database.sql("""
                select a.external_id || ' ' || t.direction || ' ' || t.subject || ' ' || t.conversation from engagement.touchpoint t
                join accounts.account a on a.id = t.account_id order by 1
                """).query((row, number) -> row.getString(1)).list();
    }

    private void take(String letter) throws IOException {
        box.take(new ByteArrayInputStream(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    static String letter(String from, String to, String id, String subject, String head, String text) {
        return "From: " + from + "\nTo: " + to + "\nDate: Tue, 24 Nov 2026 08:00:00 +0000\nMessage-ID: <" + id
                + ">\nSubject: " + subject + "\n" + head + "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n";
    }
}
