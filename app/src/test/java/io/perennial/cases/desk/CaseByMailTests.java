package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.cases.ArrivedMessage;
import io.perennial.world.Bystander;
import io.perennial.world.PerennialTest;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A conversation by mail, from the customer's first letter to the closed case, over a real mail server. */
@PerennialTest
class CaseByMailTests extends CaseMailStory {

    @Autowired
    Bystander bystander;

    @Test
    void aLetterBecomesACaseIsAcknowledgedAnsweredSolvedReopenedAndClosed() throws Exception {
        bystander.begin(false);
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();

        UUID id = onlyCase();
        assertThat(page(id).select(".case-customer").text()).contains("Ana Berg", CUSTOMER, "It says 500.");
        delivery.drain();
        MimeMessage receipt = last();
        assertThat(receipt.getSubject()).isEqualTo("[#" + number(id) + "] Export fails");
        assertThat(text(receipt))
                .contains("Guten Tag Ana Berg", "Dienstag, 24. November 2026", "14:00 (Europe/Berlin)");
        assertThat(header(receipt, "Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(header(receipt, "In-Reply-To")).isEqualTo("<1@oslo-ferry.example>");

        byte[] guide = "%PDF-1.7 guide".getBytes(StandardCharsets.US_ASCII);
        assertThat(replyWith(id, "Which file was it?", "d-1", "guide.pdf", guide)
                        .statusCode())
                .isEqualTo(302);
        assertThat(page(id).select(".case-reply").text()).contains("Queued", "guide.pdf");
        delivery.drain();
        MimeMessage answer = last();
        assertThat(text(answer)).contains("Which file was it?");
        assertThat(header(answer, "Auto-Submitted")).isEmpty();
        assertThat(header(answer, "References")).isEqualTo("<1@oslo-ferry.example> " + receipt.getMessageID());
        assertThat(header(answer, "In-Reply-To")).isEqualTo(receipt.getMessageID());
        assertThat(((jakarta.mail.Multipart) answer.getContent()).getBodyPart(1).getFileName())
                .isEqualTo("guide.pdf");
        assertThat(page(id).select(".case-reply").text()).contains("Sent", "The mail server took it");
        assertThat(state(id)).isEqualTo("waiting");

        arrives(answering(answer.getMessageID(), "2@oslo-ferry.example", "The one of Monday.\n\n> Which file was it?"));
        poller.poll();
        assertThat(state(id)).isEqualTo("open");
        assertThat(page(id).select(".case-customer").getLast().text())
                .contains("The one of Monday.")
                .doesNotContain("Which file was it?");

        resolve(id, "We mended it.");
        assertThat(state(id)).isEqualTo("resolved");
        delivery.drain();
        MimeMessage solved = last();
        assertThat(text(solved)).isEqualTo("We mended it.");
        assertThat(header(solved, "References"))
                .contains("<2@oslo-ferry.example>")
                .endsWith(answer.getMessageID() + " <2@oslo-ferry.example>");

        clock.moveBy(Duration.ofHours(2));
        arrives(answering(solved.getMessageID(), "3@oslo-ferry.example", "Sorry, it is back."));
        poller.poll();
        sam = people.support();
        assertThat(state(id)).isEqualTo("open");
        assertThat(sam.post("/cases/next", Map.of())
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .as("back to its owner, on top")
                .endsWith("/cases/" + id);
        resolve(id, "Now for good.");
        sam.post("/cases/" + id + "/state", Map.of("state", "closed", "seen", seen(id)));

        assertThat(state(id)).isEqualTo("closed");
        assertThat(cases()).isEqualTo(1);
        assertThat(bystander.heard())
                .extracting(ArrivedMessage::text)
                .containsExactly("It says 500.", "The one of Monday.", "Sorry, it is back.");
        assertThat(readers.offered()).as("taken by cases alone").isEmpty();
    }

    @Test
    void theSameLetterByAnotherPollOrAfterARestartOpensNothingTwice() throws Exception {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        poller.poll();
        // The mailbox has forgotten where we were, as after a restored mail server; the copy comes by a second way.
        database.sql("delete from mail.mailbox").update();
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        delivery.drain();
        delivery.drain();

        assertThat(cases()).isEqualTo(1);
        assertThat(sent(CUSTOMER)).hasSize(1);
    }

    @Test
    void anAnswerToTheCustomersOwnFirstLetterFindsItsCase() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        arrives(from(
                CUSTOMER, "2@oslo-ferry.example", "And one thing", "In-Reply-To: <1@oslo-ferry.example>\n", "Urgent!"));
        poller.poll();

        assertThat(page(onlyCase()).select(".case-customer")).hasSize(2);
    }

    @Test
    void aCaseThatWasMergedPassesItsLettersOn() throws Exception {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        UUID first = onlyCase();
        arrives(letter("2@oslo-ferry.example", "Export fails again", "Still 500."));
        poller.poll();
        UUID second = database.sql("select id from cases.support_case where id <> :id")
                .param("id", first)
                .query(UUID.class)
                .single();
        sam.post("/cases/" + second + "/merge", Map.of("seen", seen(second), "number", "#" + number(first)));
        arrives(from(CUSTOMER, "3@oslo-ferry.example", "More", "References: <2@oslo-ferry.example>\n", "Any news?"));
        poller.poll();

        assertThat(page(first).select(".case-thread").text()).contains("Any news?");
        assertThat(state(second)).isEqualTo("closed");
    }

    @Test
    void aFormWithAFileSentTwiceIsOneLetterAndARefusedOneKeepsItsFile() throws Exception {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        UUID id = onlyCase();
        byte[] guide = "%PDF-1.7 guide".getBytes(StandardCharsets.US_ASCII);

        Document refused = org.jsoup.Jsoup.parse(
                replyWith(id, " ", "d-1", "guide.pdf", guide).body());
        assertThat(refused.select("[role=alert]").text()).contains("Write something first");
        assertThat(refused.select("#reply-form .case-files").text()).contains("guide.pdf");
        replyWith(id, "Here it is.", "d-1", "guide.pdf", guide);
        replyWith(id, "Here it is.", "d-1", "guide.pdf", guide);

        assertThat(page(id).select(".case-reply")).hasSize(1);
        assertThat(page(id).select(".case-reply .case-files a")).hasSize(1);
        assertThat(database.sql("select count(*) from platform.file")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aProgramOrTooLargeAFileIsNotSent() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        UUID id = onlyCase();

        assertThat(replyWith(id, "Run this.", "d-1", "fix.pdf", "MZ\u0000program".getBytes(StandardCharsets.US_ASCII))
                        .body())
                .contains("fix.pdf is a program");
        assertThat(replyWith(id, "Run this.", "d-2", "fix.js", "alert(1)".getBytes(StandardCharsets.US_ASCII))
                        .body())
                .contains("fix.js is a program");
        assertThat(replyWith(id, "See this.", "d-3", "film.bin", new byte[11 * 1024 * 1024])
                        .body())
                .contains("film.bin is larger than 10 MB", "See this.");
        assertThat(page(id).select(".case-reply")).isEmpty();
        assertThat(database.sql("select count(*) from platform.file")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theLetterAsItWasSentIsShownWithItsTablesAndPicturesAndNothingThatRunsOrCallsHome() {
        arrives("""
            Authentication-Results: mx.lumenworks.example; dkim=pass header.d=oslo-ferry.example
            From: Ana Berg <%s>
            To: help@lumenworks.example
            Message-ID: <html-1@oslo-ferry.example>
            Subject: Export fails
            Content-Type: multipart/related; boundary=edge

            --edge
            Content-Type: text/html; charset=utf-8

            <h1>Export</h1><style>p {color: red}</style><script>alert(1)</script>
            <table><tr><td onclick="alert(1)">Monday</td><td>500</td></tr></table>
            <p>See <img src="cid:shot"> and <img src="https://evil.example/pixel.gif" alt="a logo">
            <a href="javascript:alert(1)">here</a> or <a href="https://ferry.example/log">there</a></p>
            <form action="https://evil.example"><input name="password"></form>
            --edge
            Content-Type: image/png
            Content-ID: <shot>
            Content-Disposition: inline; filename=shot.png
            Content-Transfer-Encoding: base64

            iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
            --edge--
            """.formatted(CUSTOMER));
        poller.poll();
        UUID id = onlyCase();
        String address = page(id).select(".case-letter-body a").attr("href");
        Document letter = Jsoup.parse(sam.get(address).body());

        assertThat(letter.select(".letter-html td").eachText()).containsExactly("Monday", "500");
        assertThat(letter.select(".letter-html strong").text()).isEqualTo("Export");
        assertThat(letter.select(".letter-html :is(script, style, form, input, h1, iframe, [onclick], [style])"))
                .isEmpty();
        assertThat(letter.select(".letter-html img")).singleElement().satisfies(picture -> {
            assertThat(picture.attr("src")).startsWith("/files/").endsWith("/picture");
            assertThat(picture.attr("alt")).isNotEmpty();
            assertThat(sam.get(picture.attr("src")).statusCode()).isEqualTo(200);
        });
        assertThat(letter.select(".letter-html a[href]").eachAttr("href")).containsExactly("https://ferry.example/log");
        assertThat(letter.select(".letter-html").text()).contains("a logo");
        assertThat(people.csmWithOwnAccounts("Not Theirs").get(address).statusCode())
                .isEqualTo(404);
        assertThat(sam.get("/cases/" + UUID.randomUUID() + address.substring(address.indexOf("/messages")))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatALetterRepeatsIsFoundInTheLetterAsItWasSent() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "Still broken.\n\n> We mended it yesterday."));
        poller.poll();
        Document page = page(onlyCase());
        assertThat(page.select(".case-customer .case-text").text()).doesNotContain("mended");

        assertThat(Jsoup.parse(sam.get(page.select(".case-letter-body a").attr("href"))
                                .body())
                        .select("main")
                        .text())
                .contains("Still broken.", "We mended it yesterday.");
    }
}
