package io.perennial.mail.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.perennial.mail.Delivery.State;
import io.perennial.mail.Letter;
import io.perennial.mail.LetterPreference.Later;
import io.perennial.mail.MailStory;
import io.perennial.mail.Outbox.Timed;
import io.perennial.mail.Purpose;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.shared.Actor;
import io.perennial.world.PerennialTest;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Letters that nobody asked for: their reader has a say, and those who wait for an answer do not wait behind them. */
@PerennialTest
class UnaskedLettersTests extends MailStory {

    @Autowired
    UnsubscribeLinks links;

    @Autowired
    Suppression suppression;

    @Test
    void theyCarryTheWayOutAndAnswersDoNot() throws Exception {
        UUID hint = outbox.post(hint("hint-1").in("de"), Actor.SYSTEM);
        post("case-1");
        delivery.drain();

        MimeMessage answer = bySubject("Your case");
        assertThat(answer.getHeader("List-Unsubscribe")).isNull();
        MimeMessage received = bySubject("A hint");
        String link = "https://success.lumenworks.example/unsubscribe/" + links.token(hint);
        assertThat(received.getHeader("List-Unsubscribe", null))
                .contains("<" + link + ">", "<mailto:help@lumenworks.example?subject=unsubscribe%20");
        assertThat(received.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(received.getContent().toString())
                .contains("Keine weiteren, oder zu anderen Zeiten: " + link, "1 Harbour Street, Bergen");
        assertThat(links.letter(links.token(hint)).orElseThrow().letter()).isEqualTo(hint);
    }

    @Test
    void aLinkThatWeDidNotMakeLeadsNowhere() {
        String token = links.token(outbox.post(hint("hint-1"), Actor.SYSTEM));
        String forged = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        String cut = token.substring(0, token.length() - 2);

        assertThat(List.of(forged, cut, "", "../admin", "%00", "A".repeat(10_000)))
                .allSatisfy(wrong -> assertThat(links.letter(wrong)).isEmpty());
        assertThat(links.letter(token)).isPresent();
    }

    @Test
    void aReaderWhoWantsItLaterGetsItThenAndThatIsNoAttempt() {
        Instant morning = clock.instant().plus(Duration.ofDays(6));
        readers.wantLater(Optional.of(new Later(morning, "It is night there.")));
        UUID hint = outbox.post(hint("hint-1"), Actor.SYSTEM);
        UUID answer = post("case-1");
        delivery.drain();

        assertThat(of(answer).state()).isEqualTo(State.ACCEPTED);
        assertThat(of(hint).state()).isEqualTo(State.WAITING);
        assertThat(of(hint).words()).isEqualTo("It is night there.");
        assertThat(of(hint).attempts()).isZero();

        readers.wantLater(Optional.empty());
        clock.moveBy(Duration.ofDays(6).minusMinutes(1));
        assertThat(delivery.drain()).isZero();
        clock.moveBy(Duration.ofMinutes(1));
        delivery.drain();
        assertThat(of(hint).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void manyArePostedAtOnceEachOnceAndWhoWaitsForAnAnswerGoesFirst() throws Exception {
        List<Timed> many = IntStream.range(0, 3_000)
                .mapToObj(number -> new Timed(hint("hint-" + number), clock.instant()))
                .toList();
        Map<String, UUID> posted = outbox.postAll(many, Actor.SYSTEM);
        assertThat(outbox.postAll(many, Actor.SYSTEM)).isEqualTo(posted).hasSize(3_000);
        assertThat(database.sql("select count(distinct message_id) from mail.letter")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3_000);

        clock.moveBy(Duration.ofMinutes(1));
        post("case-1");
        assertThat(outbox.withdraw(posted.values().stream().skip(2).toList(), "Cancelled."))
                .isEqualTo(2_998);
        delivery.drain();

        assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Your case");
        assertThat(server.getReceivedMessages()).hasSize(3);
        assertThat(outbox.release(posted.values(), "Cancelled.")).isEqualTo(2_998);
    }

    @Test
    void whoCallsALetterUnwantedGetsOnlyAnswersFromThenOn() throws Exception {
        UUID hint = outbox.post(hint("hint-1"), Actor.SYSTEM);
        delivery.drain();
        arrives(complaint("<made-up@elsewhere.example>", CUSTOMER));
        arrives(complaint(of(hint).messageId(), "somebody.else@elsewhere.example"));
        poller.poll();
        assertThat(readers.complaints()).isEmpty();

        arrives(complaint(of(hint).messageId(), "Ana@Oslo-Ferry.example"));
        poller.poll();
        assertThat(readers.complaints())
                .singleElement()
                .satisfies(complaint -> assertThat(complaint.letter()).isEqualTo(hint));

        UUID second = outbox.post(hint("hint-2"), Actor.SYSTEM);
        UUID answer = post("case-1");
        delivery.drain();
        assertThat(of(second).state()).isEqualTo(State.WITHHELD);
        assertThat(of(second).words()).isEqualTo("Called an earlier letter of ours unwanted.");
        assertThat(of(answer).state()).isEqualTo(State.ACCEPTED);
        assertThat(suppression.latest(10))
                .singleElement()
                .satisfies(address -> assertThat(address.address()).isEqualTo(CUSTOMER));
    }

    private MimeMessage bySubject(String subject) throws Exception {
        for (MimeMessage message : server.getReceivedMessages()) {
            if (message.getSubject().equals(subject)) {
                return message;
            }
        }
        throw new AssertionError("There is no letter " + subject);
    }

    private static Letter hint(String key) {
        return Letter.plain(key, CUSTOMER, "A hint", "Reports can be sent by themselves.\n", "hint")
                .serving(Purpose.CAMPAIGN);
    }

    /** As mail providers write it, RFC 5965. */
    private static String complaint(String messageId, String reader) {
        return """
            From: <abuse@provider.example>
            To: help@lumenworks.example
            Date: Tue, 24 Nov 2026 08:00:00 +0000
            Message-ID: <%s@provider.example>
            Subject: FW: A hint
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="part"

            --part
            Content-Type: text/plain

            This is an email abuse report.

            --part
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Rcpt-To: <%s>

            --part
            Content-Type: message/rfc822

            From: <help@lumenworks.example>
            Message-ID: %s
            Subject: A hint

            Reports can be sent by themselves.
            --part--
            """.formatted(UUID.randomUUID(), reader, messageId);
    }
}
