package io.perennial.mail.out;

import io.perennial.mail.BounceListener;
import io.perennial.mail.BounceListener.Bounce;
import io.perennial.mail.Delivery;
import io.perennial.mail.MailAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Letters that did not arrive: marked, their addresses remembered when dead, and those told who asked to be. */
@Component
public class Bounces {

    private final JdbcClient database;
    private final LetterStore letters;
    private final Suppression suppression;
    private final ObjectProvider<BounceListener> listeners;
    private final Clock clock;

    Bounces(
            JdbcClient database,
            LetterStore letters,
            Suppression suppression,
            ObjectProvider<BounceListener> listeners,
            Clock clock) {
        this.database = database;
        this.letters = letters;
        this.suppression = suppression;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * A mail server told us later. Only who was sent a letter, or its server, knows its Message-ID; yet an address counts as dead
     * only when the letter really went there.
     *
     * @param address that could not be reached; null when it was not said
     * @return whether it was a letter of ours
     */
    public boolean cameBack(String messageId, @Nullable String address, String reason) {
        Delivery letter = letters.byMessageId(messageId).orElse(null);
        if (letter == null) {
            return false;
        }
        int marked = database.sql("""
            update mail.letter set state = 'bounced', settled_at = :now, words = :reason
            where id = :id and state = 'accepted'
            """)
                .param("now", Timestamp.from(clock.instant()))
                .param("reason", reason)
                .param("id", letter.letter())
                .update();
        if (marked == 1) {
            boolean sentThere = address == null || MailAddress.folded(address).equals(MailAddress.folded(letter.to()));
            notDelivered(letter.letter(), sentThere && Answer.isDead(reason), reason);
        }
        return true;
    }

    void notDelivered(UUID letter, boolean dead, String reason) {
        Bounce bounce = database.sql("""
            select key, purpose, to_address, account_id, contact_id from mail.letter where id = :id
            """)
                .param("id", letter)
                .query((row, number) -> new Bounce(
                        letter,
                        row.getString("key"),
                        row.getString("purpose"),
                        row.getString("to_address"),
                        row.getObject("account_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        dead,
                        reason,
                        clock.instant()))
                .single();
        if (dead) {
            suppression.dead(bounce.address(), reason, letter);
        }
        listeners.orderedStream().forEach(listener -> listener.bounced(bounce));
    }
}
