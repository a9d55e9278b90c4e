package io.perennial.mail;

import io.perennial.mail.out.LetterStore;
import io.perennial.mail.out.ManyLetters;
import io.perennial.mail.out.Wakeup;
import io.perennial.shared.Actor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters to be sent. A letter exists exactly when what caused it does, and is sent once that is committed. */
@Component
public class Outbox {

    private final LetterStore letters;
    private final ManyLetters many;
    private final Wakeup wakeup;

    Outbox(LetterStore letters, ManyLetters many, Wakeup wakeup) {
        this.letters = letters;
        this.many = many;
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

    /** @param notBefore the first moment at which the letter may leave */
    public record Timed(Letter letter, Instant notBefore) {}

    /**
     * Many letters in one statement, each once for its key, without files. Callers with more than some thousand post them in several
     * transactions, so that neither memory nor locks grow with the number of readers.
     *
     * @return the letter of each key, new or old
     */
    @Transactional
    public Map<String, UUID> postAll(List<Timed> letters, Actor actor) {
        Map<String, UUID> posted = many.post(letters, actor);
        wakeup.afterCommit();
        return posted;
    }

    /**
     * Letters that have not left yet do not leave any more. One that is being handed over right now does.
     *
     * @param why a sentence
     * @return how many were stopped
     */
    @Transactional
    public int withdraw(Collection<UUID> letters, String why) {
        return many.withdraw(letters, why);
    }

    /** Letters that were withdrawn for this reason wait again. @return how many */
    @Transactional
    public int release(Collection<UUID> letters, String why) {
        int released = many.release(letters, why);
        wakeup.afterCommit();
        return released;
    }

    /** Its reader takes a complaint back: letters that they want are sent again. */
    @Transactional
    public void welcomeAgain(String address) {
        many.welcomeAgain(address);
    }

    /** Letters that were put off because their sender paused are asked for again at once. */
    @Transactional
    public void hurry(Collection<UUID> letters) {
        many.hurry(letters);
        wakeup.afterCommit();
    }

    /**
     * Takes a letter back that no mail server was asked to take yet, as if it had never been posted.
     *
     * @return whether it still waited; what was tried once cannot be taken back
     */
    @Transactional
    public boolean recall(UUID letter) {
        return letters.recall(letter);
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
