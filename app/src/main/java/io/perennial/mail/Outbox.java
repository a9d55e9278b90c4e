package io.perennial.mail;

import io.perennial.mail.out.LetterStore;
import io.perennial.mail.out.Wakeup;
import io.perennial.shared.Actor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters to be sent. A letter exists exactly when what caused it does, and is sent once that is committed. */
@Component
public class Outbox {

    private final LetterStore letters;
    private final Wakeup wakeup;

    Outbox(LetterStore letters, Wakeup wakeup) {
        this.letters = letters;
        this.wakeup = wakeup;
    }

    /**
     * Written in the caller's transaction; a second letter with the same key is not written, its first identity is returned.
     * Without a mail server the letter waits.
     */
    @Transactional
    public UUID post(Letter letter, Actor actor) {
        UUID id = letters.post(letter, actor);
        wakeup.afterCommit();
        return id;
    }

    /**
     * Takes a letter back that no mail server was asked to take yet.
     *
     * @return whether it still waited; what was tried once cannot be taken back
     */
    @Transactional
    public boolean withdraw(UUID letter) {
        return letters.withdraw(letter);
    }

    public Optional<Delivery> delivery(UUID letter) {
        return letters.delivery(letter);
    }

    /** What became of these, in no particular order; unknown ones are left out. */
    public List<Delivery> deliveries(Collection<UUID> letters) {
        return this.letters.deliveries(letters);
    }

    /**
     * The letter of ours that carries this Message-ID, as in {@link IncomingLetter#references}. Nobody can guess one that they
     * have not been sent, so a reference to it is a token of the thread.
     */
    public Optional<Delivery> byMessageId(String messageId) {
        return letters.byMessageId(messageId);
    }
}
