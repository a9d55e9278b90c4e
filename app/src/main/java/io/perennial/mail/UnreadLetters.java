package io.perennial.mail;

import io.perennial.mail.in.IncomingLetters;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Letters of people that no module took by itself, for a module whose people decide what becomes of them. */
@Component
public class UnreadLetters {

    private final IncomingLetters letters;

    UnreadLetters(IncomingLetters letters) {
        this.letters = letters;
    }

    /** Newest first, without those that machines wrote. */
    public List<UUID> latest(int most) {
        return letters.unread(most);
    }

    /** Whether or not somebody took it since. */
    public Optional<IncomingLetter> find(UUID id) {
        return letters.find(id);
    }

    /**
     * Takes a letter in the caller's transaction, so that it is worked on once whoever else decides at the same time.
     *
     * @param by who took it, as the list of letters shows it
     * @return empty when it is not unread any more
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<IncomingLetter> take(UUID id, String by) {
        if (!letters.lockUnread(id)) {
            return Optional.empty();
        }
        letters.taken(id, by);
        return letters.find(id);
    }
}
