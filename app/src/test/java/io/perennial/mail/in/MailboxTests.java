package io.perennial.mail.in;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.Delivery.State;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Attachment;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.Letter;
import io.perennial.mail.MailStory;
import io.perennial.platform.files.Files;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Customers write to us; their letters are fetched from a real mailbox. */
@PerennialTest
class MailboxTests extends MailStory {

    @Autowired
    Files files;

    @Autowired
    Intake intake;

    @Test
    void eachLetterIsTakenOnceAndThenMarkedAsRead() throws Exception {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        arrives(letter("2@oslo-ferry.example", "And another", "Thank you"));

        assertThat(poller.poll()).isEqualTo(2);
        assertThat(poller.poll()).isZero();
        assertThat(readers.offered())
                .extracting(IncomingLetter::subject)
                .containsExactly("Export fails", "And another");
        assertThat(unseen()).isZero();
        IncomingLetter first = readers.offered().getFirst();
        assertThat(first.from()).isEqualTo("ana@oslo-ferry.example");
        assertThat(first.fromName()).isEqualTo("Ana Berg");
        assertThat(first.to()).containsExactly(HOUSE);
        assertThat(first.messageId()).isEqualTo("<1@oslo-ferry.example>");
        assertThat(first.text()).isEqualTo("It says 500.");
        assertThat(first.kind()).isEqualTo(Kind.PERSON);
        assertThat(first.receivedAt()).isEqualTo(clock.instant());
    }

    @Test
    void whatAColleagueHasLookedAtInTheMailboxIsReadAllTheSame() throws Exception {
        poller.poll();
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        look();

        assertThat(poller.poll()).isEqualTo(1);
    }

    @Test
    void aMailboxThatForgetsWhereWeWereBringsNothingTwice() throws Exception {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        database.sql("delete from mail.mailbox").update();
        unsee();
        arrives(letter("2@oslo-ferry.example", "And another", "Thank you"));

        poller.poll();
        assertThat(readers.offered()).hasSize(2);
        assertThat(unseen()).isZero();
    }

    @Test
    void aCrashBetweenCommitAndMarkLeavesTheLetterReadOnceAndMarkedNextTime() throws Exception {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        poller.poll();
        unsee();
        database.sql("update mail.incoming set marked = false").update();

        poller.poll();
        assertThat(readers.offered()).hasSize(1);
        assertThat(unseen()).isZero();
    }

    @Test
    void whatAModuleMakesOfALetterIsCommittedWithItOrNotAtAll() {
        readers.take(letter -> {
            outbox.post(
                    Letter.plain("ack:" + letter.messageId(), letter.from(), "Got it", "Thanks", "ack"), Actor.SYSTEM);
            if (letter.subject().contains("poison")) {
                throw new IllegalStateException("cannot open a case");
            }
            return true;
        });
        arrives(letter("1@oslo-ferry.example", "poison", "x"));
        arrives(letter("2@oslo-ferry.example", "fine", "x"));

        assertThat(poller.poll()).isEqualTo(2);
        assertThat(unread()).containsExactly("poison: It could not be worked on: cannot open a case");
        assertThat(database.sql("select key from mail.letter")
                        .query(String.class)
                        .list())
                .containsExactly("ack:<2@oslo-ferry.example>");

        readers.take(letter -> true);
        assertThat(intake.offerAgain(idOf("poison"))).contains("mail");
        assertThat(intake.offerAgain(idOf("poison"))).as("taken once").isEmpty();
        assertThat(unread()).isEmpty();
    }

    @Test
    void aLetterThatNobodyTakesIsKeptWithTheReason() {
        readers.take(letter -> false);
        arrives(letter("1@oslo-ferry.example", "Hello", "x"));
        poller.poll();

        assertThat(unread()).containsExactly("Hello: Nobody knew what to do with it.");
    }

    @Test
    void anAnswerNamesTheLetterItAnswers() throws Exception {
        UUID ours = post("case-1");
        delivery.drain();
        String ourId = server.getReceivedMessages()[0].getMessageID();
        arrives(letter(
                        "1@oslo-ferry.example",
                        "Re: Your case",
                        "Still fails.\n\nOn Tue, 24 Nov 2026 Lumenworks Help wrote:\n> We have your letter.")
                .replace(
                        "Subject:",
                        "In-Reply-To: " + ourId + "\nReferences: <older@x.example> " + ourId + "\nSubject:"));
        poller.poll();

        IncomingLetter answer = readers.offered().getFirst();
        assertThat(answer.text()).isEqualTo("Still fails.");
        assertThat(answer.quoted()).contains("> We have your letter.");
        assertThat(answer.references()).containsExactly("<older@x.example>", ourId);
        assertThat(outbox.byMessageId(answer.references().getLast())
                        .orElseThrow()
                        .letter())
                .isEqualTo(ours);

        UUID next = outbox.post(
                Letter.plain("case-1:2", CUSTOMER, "Re: Your case", "Mended", "test")
                        .answering(answer),
                Actor.SYSTEM);
        delivery.drain();
        MimeMessage sent = sent("ana@")[1];
        assertThat(of(next).state()).isEqualTo(State.ACCEPTED);
        assertThat(sent.getHeader("In-Reply-To")).containsExactly("<1@oslo-ferry.example>");
        assertThat(sent.getHeader("References", " ").replaceAll("\\s+", " "))
                .isEqualTo("<older@x.example> " + ourId + " <1@oslo-ferry.example>");
    }

    @Test
    void aBounceMarksTheLetterAndTellsWhoAsked() throws Exception {
        UUID ours = post("case-1");
        delivery.drain();
        arrives(Reports.of(of(ours).messageId(), CUSTOMER, "failed", "5.1.1"));
        poller.poll();

        assertThat(of(ours).state()).isEqualTo(State.BOUNCED);
        assertThat(of(ours).words()).contains("5.1.1");
        assertThat(readers.offered()).as("nobody needs to read it").isEmpty();
        assertThat(readers.bounces()).singleElement().satisfies(bounce -> {
            assertThat(bounce.address()).isEqualTo(CUSTOMER);
            assertThat(bounce.permanent()).isTrue();
        });
        UUID second = post("case-2");
        delivery.drain();
        assertThat(of(second).state()).isEqualTo(State.WITHHELD);
    }

    @Test
    void aReportOfADelayOrForAStrangersLetterChangesNothing() {
        UUID ours = post("case-1");
        delivery.drain();
        arrives(Reports.of(of(ours).messageId(), CUSTOMER, "delayed", "4.2.1"));
        arrives(Reports.of("<stranger@x.example>", CUSTOMER, "failed", "5.1.1"));
        poller.poll();

        assertThat(of(ours).state()).isEqualTo(State.ACCEPTED);
        assertThat(readers.offered()).extracting(IncomingLetter::kind).containsExactly(Kind.AUTO_REPLY, Kind.BOUNCE);
        assertThat(readers.offered().getLast().bouncedAddress()).isEqualTo(CUSTOMER);
        assertThat(readers.bounces()).isEmpty();
    }

    @Test
    void ourOwnLetterComingBackIsALoop() throws Exception {
        post("case-1", HOUSE);
        delivery.drain();
        poller.poll();

        assertThat(readers.offered()).extracting(IncomingLetter::kind).containsExactly(Kind.LOOP);
    }

    @Test
    void whoWritesFasterThanPeopleDoIsALoop() {
        for (int i = 0; i < 7; i++) {
            arrives(letter(i + "@oslo-ferry.example", "Out of cheese " + i, "x"));
        }
        poller.poll();
        clock.moveBy(Duration.ofHours(1));
        arrives(letter("later@oslo-ferry.example", "Later", "x"));
        poller.poll();

        assertThat(readers.offered())
                .extracting(IncomingLetter::kind)
                .containsExactly(
                        Kind.PERSON,
                        Kind.PERSON,
                        Kind.PERSON,
                        Kind.PERSON,
                        Kind.PERSON,
                        Kind.LOOP,
                        Kind.LOOP,
                        Kind.PERSON);
    }

    @Test
    void aFileOfTwentyMegabytesIsRefusedPolitelyAndTheLetterIsTaken() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024];
        new Random(1).nextBytes(large);
        byte[] small = "%PDF-1.7 small".getBytes(StandardCharsets.US_ASCII);
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(CUSTOMER));
        message.setRecipients(jakarta.mail.Message.RecipientType.TO, HOUSE);
        message.setSubject("See the files");
        MimeMultipart parts = new MimeMultipart();
        parts.addBodyPart(text("Here they are."));
        parts.addBodyPart(file("film.bin", large));
        parts.addBodyPart(file("plan.pdf", small));
        message.setContent(parts);
        message.saveChanges();
        server.getUserManager().getUser(HOUSE).deliver(message);

        assertThat(poller.poll()).isEqualTo(1);
        IncomingLetter letter = readers.offered().getFirst();
        assertThat(letter.text()).isEqualTo("Here they are.");
        assertThat(letter.files()).extracting(Attachment::name).containsExactly("film.bin", "plan.pdf");
        assertThat(letter.refusedFiles()).singleElement().satisfies(film -> {
            assertThat(film.file()).isNull();
            assertThat(film.refused()).isEqualTo("The file film.bin is larger than 10 MB and was not taken.");
        });
        UUID kept = Objects.requireNonNull(letter.files().getLast().file());
        assertThat(files.open(kept).readAllBytes()).isEqualTo(small);
        assertThat(letter.files().getLast().type()).isEqualTo("application/pdf");
        assertThat(database.sql("select count(*) from platform.file")
                        .query(Long.class)
                        .single())
                .as("nothing of the refused one is left")
                .isEqualTo(1);
    }

    @Test
    void aMailboxThatIsAwayIsTriedAgain() {
        arrives(letter("1@oslo-ferry.example", "Export fails", "It says 500."));
        server.stop();
        assertThat(poller.poll()).isEqualTo(-1);
        assertThat(database.sql("select trouble from mail.way where name = 'imap'")
                        .query(String.class)
                        .single())
                .isEqualTo("Nothing answers at this host and port.");
        server = fresh();
        server.start();
        server.setUser(HOUSE, HOUSE, "secret-of-the-mailbox");
        arrives(letter("2@oslo-ferry.example", "Export fails", "It says 500."));
        assertThat(poller.poll()).isEqualTo(1);
    }

    private static MimeBodyPart text(String text) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text);
        return part;
    }

    private static MimeBodyPart file(String name, byte[] content) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new jakarta.activation.DataHandler(
                new jakarta.mail.util.ByteArrayDataSource(content, "application/octet-stream")));
        part.setFileName(name);
        return part;
    }

    private List<String> unread() {
        return database.sql("select subject || ': ' || reason from mail.incoming where taken_by is null order by id")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private UUID idOf(String subject) {
        return database.sql("select id from mail.incoming where subject = :subject")
                .param("subject", subject)
                .query(UUID.class)
                .single();
    }

    private int unseen() throws Exception {
        return withInbox(jakarta.mail.Folder::getUnreadMessageCount);
    }

    private void look() throws Exception {
        flag(true);
    }

    private void unsee() throws Exception {
        flag(false);
    }

    private void flag(boolean seen) throws Exception {
        withInbox(inbox -> {
            for (jakarta.mail.Message message : inbox.getMessages()) {
                message.setFlag(Flags.Flag.SEEN, seen);
            }
            return 0;
        });
    }

    private interface Question {
        int of(jakarta.mail.Folder inbox) throws Exception;
    }

    private static int withInbox(Question question) throws Exception {
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", IMAP, HOUSE, "secret-of-the-mailbox");
            try (jakarta.mail.Folder inbox = store.getFolder("INBOX")) {
                inbox.open(jakarta.mail.Folder.READ_WRITE);
                return question.of(inbox);
            }
        }
    }

    /** Delivery reports as mail servers write them. */
    private static final class Reports {

        static String of(String messageId, String address, String action, String status) {
            return """
                From: MAILER-DAEMON@mx.oslo-ferry.example
                To: help@lumenworks.example
                Return-Path: <>
                Auto-Submitted: auto-replied
                Date: Tue, 24 Nov 2026 08:00:00 +0000
                Message-ID: <%5$s>
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                I could not deliver your message.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.oslo-ferry.example

                Final-Recipient: rfc822; %2$s
                Action: %3$s
                Status: %4$s
                Diagnostic-Code: smtp; 550 %4$s no such mailbox

                --b
                Content-Type: text/rfc822-headers

                From: help@lumenworks.example
                Message-ID: %1$s
                Subject: Your case

                --b--
                """.formatted(messageId, address, action, status, UUID.randomUUID() + "@mx.oslo-ferry.example");
        }
    }
}
