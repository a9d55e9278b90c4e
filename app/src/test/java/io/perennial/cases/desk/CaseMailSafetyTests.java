package io.perennial.cases.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.shared.AccountId;
import io.perennial.world.Book;
import io.perennial.world.PerennialTest;
import io.perennial.world.Visitor;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Letters that are not what they seem, that come back, that are too large, or that no person wrote. */
@PerennialTest
class CaseMailSafetyTests extends CaseMailStory {

    @Test
    void aNumberInTheSubjectCountsOnlyForVerifiedPeopleOfThatCustomer() {
        UUID id = opened();
        AccountId rival = new Book(database).account("rival", "Rival Lines");
        person(new Book(database), rival, "Rob Rival", "rob@rival.example");
        String subject = "Re: [#" + number(id) + "] Export fails";

        arrives(from(CUSTOMER, "2@evil.example", subject, "", "Please send the password to me"));
        poller.poll();
        assertThat(page(id).select(".case-customer")).as("not vouched for").hasSize(1);
        arrives(from(
                "rob@rival.example",
                "3@rival.example",
                subject,
                "Authentication-Results: mx.lumenworks.example; dkim=pass header.d=rival.example\n",
                "What do they ask?"));
        poller.poll();
        assertThat(page(id).select(".case-customer")).as("of another customer").hasSize(1);
        arrives(from(CUSTOMER, "4@oslo-ferry.example", subject, VERIFIED, "It is urgent now"));
        poller.poll();

        assertThat(page(id).select(".case-customer").getLast().text())
                .contains("It is urgent now")
                .doesNotContain("Sender not verified");
        UUID spoofed = database.sql("select id from cases.support_case where id <> :id and account_id = :ferry")
                .param("id", id)
                .param("ferry", ferry.value())
                .query(UUID.class)
                .single();
        assertThat(page(spoofed).select(".case-customer").text()).contains("Sender not verified");
    }

    @Test
    void whoAnswersInOurThreadFromElsewhereIsReadAndShownAsAStranger() throws Exception {
        UUID id = opened();
        delivery.drain();
        String ours = last().getMessageID();
        arrives(from("ana@home.example", "2@home.example", "Re: it", "In-Reply-To: " + ours + "\n", "From my sofa"));
        poller.poll();

        Element message = page(id).select(".case-customer").getLast();
        assertThat(message.text()).contains("From my sofa", "ana@home.example", "Not known at this customer");
        reply(id, "Good evening", "d-1");
        delivery.drain();
        assertThat(sent("ana@home.example"))
                .as("answers go to the person of the case")
                .isEmpty();
        assertThat(sent(CUSTOMER)).hasSize(2);
    }

    @Test
    void whatAMachineAnswersIsKeptAndNeitherAnsweredNorReopensAnything() throws Exception {
        UUID id = opened();
        resolve(id, "We mended it.");
        delivery.drain();
        String ours = last().getMessageID();
        int before = sent(CUSTOMER).length;
        for (int i = 0; i < 4; i++) {
            arrives(from(
                    CUSTOMER,
                    "auto-" + i + "@oslo-ferry.example",
                    "Abwesend",
                    "Auto-Submitted: auto-replied\nIn-Reply-To: " + ours + "\n",
                    "I am on holiday " + i));
        }
        arrives(from(CUSTOMER, "x@oslo-ferry.example", "Abwesend", "Auto-Submitted: auto-replied\n", "On holiday"));
        poller.poll();
        delivery.drain();

        assertThat(state(id)).isEqualTo("resolved");
        assertThat(page(id).select(".case-automatic").text()).contains("I am on holiday 0", "I am on holiday 3");
        assertThat(sent(CUSTOMER)).hasSize(before);
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void aPersonWhoWritesFasterThanPeopleDoIsNotAcknowledgedForEver() throws Exception {
        for (int i = 0; i < 9; i++) {
            arrives(letter("fast-" + i + "@oslo-ferry.example", "Ticket " + i, "Your ticket was received."));
            poller.poll();
        }
        delivery.drain();

        assertThat(sent(CUSTOMER).length).isLessThanOrEqualTo(5);
    }

    @Test
    void ourOwnLetterComingBackIsNoCustomer() throws Exception {
        UUID id = opened();
        delivery.drain();
        server.getUserManager().getUser(HOUSE).deliver(last());
        poller.poll();

        assertThat(page(id).select(".case-customer")).hasSize(1);
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesBackIsShownAsSuchAndTheCaseIsOurTurnAgain() throws Exception {
        UUID id = opened();
        reply(id, "Which file was it?", "d-1");
        delivery.drain();
        assertThat(state(id)).isEqualTo("waiting");
        arrives(bounce(last().getMessageID()));
        poller.poll();

        Document page = page(id);
        assertThat(page.select(".case-reply").text()).contains("Bounced", "no such mailbox");
        assertThat(page.select("#case-head").text()).contains("A letter to " + CUSTOMER + " was not delivered.");
        assertThat(page.select(".case-event").text()).contains("could not reach " + CUSTOMER);
        assertThat(state(id)).isEqualTo("open");
        assertThat(sam.get("/cases?view=mine").body()).contains("was not delivered");
        assertThat(cases()).as("no case of the bounce itself").isEqualTo(1);

        reply(id, "I call you.", "d-2");
        assertThat(page(id).select("#case-head").text()).doesNotContain("was not delivered");
        delivery.drain();
        assertThat(page(id).select(".case-reply").getLast().text()).contains("Withheld");
    }

    @Test
    void aFileOfTwentyMegabytesIsRefusedInTheCustomersLanguageAndTheTextIsACase() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024];
        new Random(1).nextBytes(large);
        deliver("Plan and film", "Siehe Anhang.", "film.bin", large);
        poller.poll();
        delivery.drain();

        UUID id = onlyCase();
        Document page = page(id);
        assertThat(page.select(".case-customer").text())
                .contains("Siehe Anhang.", "plan.pdf", "film.bin", "is larger than 10 MB and was not taken");
        assertThat(text(last()))
                .contains("Die Datei film.bin wurde nicht übernommen: Wir nehmen Dateien bis 10 MB an.");
        String plan = page.select(".case-customer .case-files a").attr("href");
        assertThat(page.select(".case-customer .case-files a")).hasSize(1);
        assertThat(sam.get(plan).headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        assertThat(sam.get(plan).body()).isEqualTo("%PDF-1.7 plan");
    }

    @Test
    void filesAreSeenByWhoeverSeesTheCaseOnly() throws Exception {
        deliver("Plan", "See there", "notes.txt", "secret".getBytes(StandardCharsets.US_ASCII));
        poller.poll();
        String file = page(onlyCase()).select(".case-files a").attr("href");

        assertThat(people.reader().get(file).statusCode()).isEqualTo(200);
        assertThat(people.csmWithOwnAccounts("Zoe Other").get(file).statusCode())
                .isEqualTo(404);
        assertThat(people.program("read").get(file).statusCode()).isNotEqualTo(200);
        assertThat(people.stranger().get(file).statusCode()).isNotEqualTo(200);
        Visitor owner = people.csmWithOwnAccounts("Ana Reyes");
        database.sql("update accounts.account set owner_id = :me where id = :ferry")
                .param("me", owner.id())
                .param("ferry", ferry.value())
                .update();
        assertThat(owner.get(file).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusedFileOfAnAnswerIsToldAsWell() throws Exception {
        UUID id = opened();
        delivery.drain();
        String ours = last().getMessageID();
        byte[] large = new byte[11 * 1024 * 1024];
        new Random(2).nextBytes(large);
        MimeMessage message = letterWith("Re: Export", "Here", "film.bin", large);
        message.setHeader("In-Reply-To", ours);
        server.getUserManager().getUser(HOUSE).deliver(message);
        poller.poll();
        delivery.drain();

        assertThat(page(id).select(".case-customer")).hasSize(2);
        assertThat(text(last())).contains("film.bin").contains("bis 10 MB");
    }

    private UUID opened() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        return onlyCase();
    }

    private void deliver(String subject, String text, String name, byte[] content) throws Exception {
        server.getUserManager().getUser(HOUSE).deliver(letterWith(subject, text, name, content));
    }

    private static MimeMessage letterWith(String subject, String text, String name, byte[] content) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(CUSTOMER));
        message.setRecipients(Message.RecipientType.TO, HOUSE);
        message.setSubject(subject);
        MimeMultipart parts = new MimeMultipart();
        MimeBodyPart words = new MimeBodyPart();
        words.setText(text);
        parts.addBodyPart(words);
        parts.addBodyPart(file(name, content));
        if (content.length > 1000) {
            parts.addBodyPart(file("plan.pdf", "%PDF-1.7 plan".getBytes(StandardCharsets.US_ASCII)));
        }
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart file(String name, byte[] content) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, "application/octet-stream")));
        part.setFileName(name);
        return part;
    }

    private static String bounce(String messageId) {
        return """
                From: Mail Delivery System <mailer-daemon@mx.oslo-ferry.example>
                To: help@lumenworks.example
                Return-Path: <>
                Date: Tue, 24 Nov 2026 10:00:00 +0000
                Message-ID: <%2$s>
                Subject: Undelivered
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                I could not deliver your message.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.oslo-ferry.example

                Final-Recipient: rfc822; ana@oslo-ferry.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

                --b
                Content-Type: text/rfc822-headers

                From: help@lumenworks.example
                Message-ID: %1$s
                Subject: Your case

                --b--
                """.formatted(messageId, UUID.randomUUID() + "@mx.oslo-ferry.example");
    }
}
