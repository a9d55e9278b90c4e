package io.perennial.mail.out;

import io.perennial.mail.ComplaintListener;
import io.perennial.mail.ComplaintListener.Complaint;
import io.perennial.mail.Delivery;
import io.perennial.mail.MailAddress;
import java.sql.Timestamp;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Readers who called a letter of ours unwanted: they get nothing more that they did not ask for. */
@Component
public class Complaints {

    private final JdbcClient database;
    private final LetterStore letters;
    private final ObjectProvider<ComplaintListener> listeners;
    private final Clock clock;

    Complaints(JdbcClient database, LetterStore letters, ObjectProvider<ComplaintListener> listeners, Clock clock) {
        this.database = database;
        this.letters = letters;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * Only who was sent a letter, or its server, knows its Message-ID. A report that names another reader than the letter had is
     * not believed.
     *
     * @param address who complained; null when the provider does not say it
     * @return whether it was a letter of ours
     */
    public boolean came(String messageId, @Nullable String address, String said) {
        Delivery letter = letters.byMessageId(messageId).orElse(null);
        if (letter == null || address != null && !MailAddress.folded(address).equals(MailAddress.folded(letter.to()))) {
            return letter != null;
        }
        int fresh = database.sql("""
            insert into mail.complaint (address, letter_id, said, since) values (:address, :letter, :said, :now)
            on conflict (address) do nothing
            """)
                .param("address", MailAddress.folded(letter.to()))
                .param("letter", letter.letter())
                .param("said", said)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (fresh == 1) {
            letters.addressed(letter.letter())
                    .map(to -> new Complaint(
                            to.letter(),
                            to.key(),
                            to.serves(),
                            to.to(),
                            to.accountId(),
                            to.contactId(),
                            said,
                            clock.instant()))
                    .ifPresent(
                            complaint -> listeners.orderedStream().forEach(listener -> listener.complained(complaint)));
        }
        return true;
    }
}
