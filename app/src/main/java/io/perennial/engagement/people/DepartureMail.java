package io.perennial.engagement.people;

import io.perennial.mail.BounceListener;
import io.perennial.mail.GoneWords;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.Outbox;
import java.util.List;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Listens for people who are gone; takes no letter. A machine is believed in the thread of a letter of ours, which only its reader
 * has, or when its domain vouches for it; a letter that came back for good is proof enough.
 */
@Component
@Order(45)
class DepartureMail implements LetterReceiver, BounceListener {

    private final Departures departures;
    private final Outbox outbox;
    private final JdbcClient database;

    DepartureMail(Departures departures, Outbox outbox, JdbcClient database) {
        this.departures = departures;
        this.outbox = outbox;
        this.database = database;
    }

    @Override
    public boolean receive(IncomingLetter letter) {
        if (letter.kind() == Kind.AUTO_REPLY) {
            GoneWords.in(letter.subject(), letter.text())
                    .ifPresent(line -> readers(letter)
                            .forEach(
                                    contact -> departures.heard(contact, "reply", "An automatic reply says: " + line)));
        }
        return false;
    }

    @Override
    public void bounced(Bounce bounce) {
        if (!bounce.permanent()) {
            return;
        }
        String evidence = "A letter to " + bounce.address() + " came back: " + bounce.reason();
        if (bounce.contactId() != null) {
            departures.heard(bounce.contactId(), "bounce", evidence);
        } else {
            named(bounce.address()).forEach(contact -> departures.heard(contact, "bounce", evidence));
        }
    }

    private List<UUID> readers(IncomingLetter letter) {
        List<UUID> ofThread = letter.references().reversed().stream()
                .limit(20)
                .flatMap(reference -> outbox.byMessageId(reference).stream())
                .flatMap(delivery -> database
                        .sql("select contact_id from mail.letter where key = :key and contact_id is not null")
                        .param("key", delivery.key())
                        .query((row, number) -> row.getObject(1, UUID.class))
                        .list()
                        .stream())
                .limit(1)
                .toList();
        if (!ofThread.isEmpty()) {
            return ofThread;
        }
        return letter.senderVerified() ? named(letter.from()) : List.of();
    }

    private List<UUID> named(String address) {
        return address.isBlank()
                ? List.of()
                : database.sql("""
                        select id from accounts.contact where lower(email) = lower(:address) and left_on is null limit 20
                        """)
                        .param("address", address)
                        .query((row, number) -> row.getObject(1, UUID.class))
                        .list();
    }
}
