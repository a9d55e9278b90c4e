package io.perennial.mail.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perennial.mail.Delivery.State;
import io.perennial.mail.Letter;
import io.perennial.mail.MailStory;
import io.perennial.mail.OddServer;
import io.perennial.platform.files.Files;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A customer is written to, over a real SMTP conversation. */
@PerennialTest
class LetterDeliveryTests extends MailStory {

    @Autowired
    Files files;

    @Autowired
    DueLetters due;

    @Autowired
    Suppression suppression;

    @Test
    void aLetterLeavesWhenItsCauseIsCommittedAndItsDeliveryIsProven() throws Exception {
        transactions.executeWithoutResult(transaction -> {
            post("undone");
            transaction.setRollbackOnly();
        });
        UUID letter = post("case-1");
        delivery.drain();

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(received.getSubject()).isEqualTo("Your case");
        assertThat(received.getFrom()[0]).hasToString("Lumenworks Help <help@lumenworks.example>");
        assertThat(received.getMessageID()).isEqualTo(of(letter).messageId()).endsWith("@lumenworks.example>");
        assertThat(of(letter).state()).isEqualTo(State.ACCEPTED);
        assertThat(of(letter).words()).startsWith("250");
        assertThat(of(letter).settledAt()).isEqualTo(clock.instant());
        assertThat(outbox.byMessageId(received.getMessageID())).contains(of(letter));
    }

    @Test
    void theSameKeyIsTheSameLetter() {
        UUID first = post("case-1");
        delivery.drain();

        assertThat(post("case-1")).isEqualTo(first);
        assertThat(delivery.drain()).isZero();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aServerThatIsAwayCostsNoLetterAnAttempt() {
        server.stop();
        UUID letter = post("case-1");

        assertThat(delivery.drain()).isEqualTo(-1);
        assertThat(of(letter).state()).isEqualTo(State.WAITING);
        assertThat(of(letter).attempts()).isZero();

        server = fresh();
        server.start();
        delivery.drain();
        assertThat(of(letter).state()).isEqualTo(State.ACCEPTED);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void anAddressThatTheServerCallsDeadIsWrittenToNoMoreUntilSomebodySaysSo() {
        server.stop();
        try (OddServer odd = new OddServer(SMTP, Map.of("RCPT", "550 5.1.1 no such user"))) {
            UUID letter = post("case-1");
            delivery.drain();

            assertThat(of(letter).state()).isEqualTo(State.BOUNCED);
            assertThat(of(letter).words()).contains("5.1.1");
            assertThat(readers.bounces()).singleElement().satisfies(bounce -> {
                assertThat(bounce.letter()).isEqualTo(letter);
                assertThat(bounce.permanent()).isTrue();
            });
            assertThat(odd.letters()).isEmpty();
        }
        server = fresh();
        server.start();
        UUID second = post("case-2", "ANA@oslo-ferry.example");
        delivery.drain();
        assertThat(of(second).state()).isEqualTo(State.WITHHELD);

        assertThat(suppression.revive(CUSTOMER)).isTrue();
        UUID third = post("case-3");
        delivery.drain();
        assertThat(of(third).state()).isEqualTo(State.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL,421 4.3.2 closing,WAITING",
        "MAIL,450 4.7.1 greylisted,WAITING",
        "MAIL,550 5.7.1 not from you,FAILED",
        "RCPT,421 4.3.2 closing,WAITING",
        "RCPT,450 4.2.1 busy,WAITING",
        "RCPT,550 no such user,BOUNCED",
        "RCPT,550 5.7.1 relaying denied,FAILED",
        "RCPT,552 5.2.2 mailbox full,FAILED",
        "DATA,421 4.3.2 closing,WAITING",
        "DATA,450 4.3.0 later,WAITING",
        "DATA,550 5.7.1 spam,FAILED",
        "DATA,552 5.3.4 too large,FAILED",
        ".,421 4.3.2 closing,WAITING",
        ".,451 4.3.0 later,WAITING",
        ".,550 5.7.1 spam,FAILED",
        ".,552 5.3.4 too large,FAILED",
    })
    void whatTheServerSaysDecides(String command, String answer, State expected) {
        server.stop();
        try (OddServer odd = new OddServer(SMTP, Map.of(command, answer))) {
            UUID letter = post("case-1");
            delivery.drain();

            assertThat(of(letter).state()).isEqualTo(expected);
            assertThat(of(letter).words()).contains(answer.substring(4));
            assertThat(odd.letters()).hasSize(command.equals(".") ? 1 : 0);
        }
    }

    @Test
    void aLetterThatIsPutOffComesAgainLaterEachTimeAndIsGivenUpAfterFourDays() {
        server.stop();
        try (OddServer odd = new OddServer(SMTP, Map.of("RCPT", "450 4.2.1 busy"))) {
            UUID letter = post("case-1");
            delivery.drain();
            assertThat(delivery.drain()).as("not before its time").isZero();
            clock.moveBy(Duration.ofMinutes(1));
            assertThat(delivery.drain()).isEqualTo(1);
            clock.moveBy(Duration.ofMinutes(1));
            assertThat(delivery.drain()).as("the pause has grown").isZero();

            for (int hours = 0; hours < 24 * 4 + 5; hours += 4) {
                clock.moveBy(Duration.ofHours(4));
                delivery.drain();
            }
            assertThat(of(letter).state()).isEqualTo(State.FAILED);
            assertThat(of(letter).words())
                    .startsWith("Given up after four days")
                    .contains("busy");
            assertThat(readers.bounces())
                    .singleElement()
                    .satisfies(bounce -> assertThat(bounce.permanent()).isFalse());
            assertThat(odd.letters()).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainUnderTheSameIdentity() {
        server.stop();
        UUID letter;
        String first;
        try (OddServer odd = new OddServer(SMTP, Map.of(".", OddServer.HANG_UP))) {
            letter = post("case-1");
            delivery.drain();
            first = odd.letters().getFirst();
            assertThat(of(letter).state()).isEqualTo(State.WAITING);
        }
        clock.moveBy(Duration.ofMinutes(2));
        try (OddServer well = new OddServer(SMTP, Map.of())) {
            delivery.drain();
            assertThat(well.letters())
                    .singleElement()
                    .satisfies(again -> assertThat(again)
                            .contains("Message-ID: " + of(letter).messageId()));
        }
        assertThat(first).contains("Message-ID: " + of(letter).messageId());
        assertThat(of(letter).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void aServerThatAcceptsACallAndSaysNothingIsLeftInTime() {
        server.stop();
        try (OddServer odd = new OddServer(SMTP, Map.of("", OddServer.SILENCE))) {
            UUID letter = post("case-1");
            long before = System.nanoTime();
            assertThat(delivery.drain()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            assertThat(of(letter).attempts()).isZero();
            assertThat(odd.letters()).isEmpty();
        }
    }

    @Test
    void aLetterWhoseSenderDiedIsSentOnceMoreAndNeverLost() {
        UUID letter = post("case-1");
        assertThat(due.claim(true)).as("and then the power fails").isPresent();

        assertThat(delivery.drain()).as("it may still be under way").isZero();
        clock.moveBy(DueLetters.CLAIM.plusSeconds(1));
        delivery.drain();

        assertThat(of(letter).state()).isEqualTo(State.ACCEPTED);
        assertThat(of(letter).attempts()).isEqualTo(2);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void nothingInALetterCanLookLikeTheEndOfIt() throws Exception {
        String text = "Hello\n.\nMAIL FROM:<x@x.test>\n\r.\r\n.\r\n\r\n..\r\nlast";
        outbox.post(Letter.plain("case-1", CUSTOMER, "Dots", text, "test"), Actor.SYSTEM);
        delivery.drain();

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getContent().toString().replace("\r\n", "\n"))
                .isEqualTo("Hello\n.\nMAIL FROM:<x@x.test>\n\n.\n.\n\n..\nlast");
    }

    @Test
    void lineBreaksBringNoHeaderIn() throws Exception {
        assertThatThrownBy(() -> post("case-1", "a@x.test\r\nBcc: all@x.test"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Letter.plain("k", CUSTOMER, "s", "t", "p").with("X-A", "1\r\nBcc: all@x.test"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Letter.plain("k", CUSTOMER, "s", "t", "p").with("Bcc", "all@x.test"))
                .isInstanceOf(IllegalArgumentException.class);
        outbox.post(
                new Letter(
                        "case-2",
                        CUSTOMER,
                        "Ann\r\nX-Evil: 1",
                        "Hi\nTo: b@x.test",
                        "text",
                        null,
                        Map.of(),
                        List.of(),
                        "test",
                        null,
                        null),
                Actor.SYSTEM);
        delivery.drain();

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getHeader("X-Evil")).isNull();
        assertThat(received.getAllRecipients()).hasSize(1);
        assertThat(received.getSubject()).isEqualTo("Hi To: b@x.test");
    }

    @Test
    void bothFormsAndFilesWithForeignNamesArrive() throws Exception {
        byte[] content = "Bestellung für Øslo".getBytes(StandardCharsets.UTF_8);
        UUID file = files.store("Übersicht 例え.txt", new ByteArrayInputStream(content), 1_000, Actor.SYSTEM)
                .id();
        outbox.post(
                new Letter(
                                "case-1",
                                CUSTOMER,
                                "Ana Bjørg",
                                "Grüße aus Osló 例え",
                                "Schöne Grüße",
                                "<p>Schöne <b>Grüße</b></p>",
                                Map.of(
                                        "In-Reply-To",
                                        "<a@oslo-ferry.example>",
                                        "References",
                                        "<z@x.example> <a@oslo-ferry.example>"),
                                List.of(file),
                                "test",
                                null,
                                null)
                        .automatic(),
                Actor.SYSTEM);
        delivery.drain();

        MimeMessage received = server.getReceivedMessages()[0];
        assertThat(received.getSubject()).isEqualTo("Grüße aus Osló 例え");
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(received.getHeader("In-Reply-To")).containsExactly("<a@oslo-ferry.example>");
        MimeMultipart all = (MimeMultipart) received.getContent();
        MimeMultipart words = (MimeMultipart) all.getBodyPart(0).getContent();
        assertThat(words.getContentType()).startsWith("multipart/alternative");
        assertThat(words.getBodyPart(0).getContent()).isEqualTo("Schöne Grüße");
        assertThat(words.getBodyPart(1).getContent()).isEqualTo("<p>Schöne <b>Grüße</b></p>");
        BodyPart attached = all.getBodyPart(1);
        assertThat(attached.getFileName()).isEqualTo("Übersicht 例え.txt");
        assertThat(attached.getInputStream().readAllBytes()).isEqualTo(content);
    }

    @Test
    void whatAReaderDoesNotWantStaysHere() {
        UUID letter = post("case-1");
        readers.want(Optional.of("Ana wants no letters about this."));
        delivery.drain();

        assertThat(of(letter).state()).isEqualTo(State.WITHHELD);
        assertThat(of(letter).words()).isEqualTo("Ana wants no letters about this.");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void automaticLettersToOneAddressEndBeforeTwoMachinesTalkForEver() {
        for (int i = 0; i < Suppression.MOST_AUTOMATIC + 5; i++) {
            outbox.post(
                    Letter.plain("auto-" + i, CUSTOMER, "Got it", "Thank you", "test")
                            .automatic(),
                    Actor.SYSTEM);
        }
        delivery.drain();
        UUID person = post("by-a-person");
        delivery.drain();

        assertThat(server.getReceivedMessages()).hasSize(Suppression.MOST_AUTOMATIC + 1);
        assertThat(of(person).state()).isEqualTo(State.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"a b\"@x.test,true",
                "a+b@x.test,true",
                "o'brien@x.test,true",
                "x@[127.0.0.1],false",
                "x@127.0.0.1,false",
                "ü@x.test,false",
                "x@例え.test,true",
                "a@b@c,false",
                "@x.test,false",
                "a@,false",
                "a@x..test,false",
                "a b@x.test,false",
                "x@-a.test,false",
            })
    void oddAddressesAreTakenOrRefused(String address, boolean taken) {
        if (taken) {
            UUID letter = post("odd", address);
            delivery.drain();
            assertThat(of(letter).state()).isEqualTo(State.ACCEPTED);
        } else {
            assertThatThrownBy(() -> post("odd", address)).hasMessageContaining("no address we can write to");
        }
    }
}
