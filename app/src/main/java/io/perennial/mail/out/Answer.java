package io.perennial.mail.out;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server made of a letter.
 *
 * @param words what it said
 */
record Answer(Outcome outcome, String words) {

    enum Outcome {
        ACCEPTED,
        /** May work another time. */
        LATER,
        /** Not this letter, or not from us. */
        REFUSED,
        /** Nobody is there: no letter to this address will ever arrive. */
        DEAD
    }

    private static final Pattern ENHANCED = Pattern.compile("\\b([245])\\.(\\d{1,3})\\.(\\d{1,3})\\b");

    /** RFC 3463: no such mailbox, no such system, bad syntax, moved, null MX; mailbox switched off. */
    private static final Set<String> DEAD = Set.of("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

    /** Codes that mean the mailbox itself when nothing finer is said. */
    private static final Set<Integer> NO_SUCH_MAILBOX = Set.of(550, 551, 553);

    /** @param aboutRecipient whether it was the answer to the address */
    static Answer of(int code, String words, boolean aboutRecipient) {
        if (code < 500) {
            return new Answer(Outcome.LATER, words);
        }
        Matcher enhanced = ENHANCED.matcher(words);
        boolean dead =
                enhanced.find() ? DEAD.contains(enhanced.group()) : aboutRecipient && NO_SUCH_MAILBOX.contains(code);
        return new Answer(dead ? Outcome.DEAD : Outcome.REFUSED, words);
    }

    /** Whether a status or diagnosis of a bounce says that the address is dead. */
    static boolean isDead(String words) {
        Matcher enhanced = ENHANCED.matcher(words);
        return enhanced.find() && DEAD.contains(enhanced.group());
    }
}
