package io.perennial.mail;

/**
 * Takes letters that came in. Implemented by modules; asked in the order of {@code @Order}, and the first that takes a letter
 * wins. Called once for each letter, in the transaction that stores it: what the receiver writes is committed with the
 * letter or not at all. A receiver that throws takes nothing; the letter is then kept as unread with the reason.
 */
public interface LetterReceiver {

    /** @return true when it is taken; false leaves it to others */
    boolean receive(IncomingLetter letter);
}
