package io.perennial.engagement.capture;

import io.perennial.mail.Delivery;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.Outbox;
import io.perennial.platform.records.RecordRow;
import io.perennial.platform.records.Records;
import io.perennial.shared.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A customer answers a letter that we sent automatically: that is a conversation. Only noted here; who takes the letter is asked
 * further, so that somebody answers. Cases and renewals note answers to theirs themselves.
 */
@Component
@Order(60)
class AnswerMail implements LetterReceiver {

    private final Outbox outbox;
    private final Records records;
    private final JdbcClient database;

    AnswerMail(Outbox outbox, Records records, JdbcClient database) {
        this.outbox = outbox;
        this.records = records;
        this.database = database;
    }

    private record Sent(String account, @Nullable String contact) {}

    @Override
    public boolean receive(IncomingLetter letter) {
        if (letter.kind() == Kind.PERSON) {
            ours(letter).flatMap(this::sent).ifPresent(sent -> note(letter, sent));
        }
        return false;
    }

    private Optional<Delivery> ours(IncomingLetter letter) {
        return letter.references().reversed().stream()
                .limit(20)
                .flatMap(reference -> outbox.byMessageId(reference).stream())
                .filter(delivery ->
                        !delivery.key().startsWith("case:") && !delivery.key().startsWith("renewal:"))
                .findFirst();
    }

    private Optional<Sent> sent(Delivery delivery) {
        return database.sql("""
                select a.external_id, c.external_id from mail.letter l
                join accounts.account a on a.id = l.account_id
                left join accounts.contact c on c.id = l.contact_id
                where l.key = :key
                """)
                .param("key", delivery.key())
                .query((row, number) -> new Sent(row.getString(1), row.getString(2)))
                .optional();
    }

    private void note(IncomingLetter letter, Sent sent) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("account", sent.account());
        values.put("contact", sent.contact());
        values.put("at", letter.receivedAt().toString());
        values.put("kind", "mail");
        values.put("direction", "in");
        values.put("two_way", true);
        values.put(
                "subject",
                letter.subject().isBlank()
                        ? "(no subject)"
                        : Captured.cut(letter.subject().strip(), 300));
        values.put(
                "body",
                letter.text().isBlank() ? null : Captured.cut(letter.text().strip(), Captured.LONGEST_BODY));
        records.upsert(
                records.type("touchpoints").orElseThrow(),
                List.of(new RecordRow(1, "answer-" + letter.id(), values, Map.of())),
                Actor.SYSTEM,
                new Records.Write(null, "An automated letter was answered", Records.Formats.ISO));
    }
}
