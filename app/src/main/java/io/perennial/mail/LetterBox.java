package io.perennial.mail;

import io.perennial.mail.in.HandedIn;
import io.perennial.mail.in.IncomingLetters;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes letters as files ({@code .eml}): the demo company's, or those that were kept while nothing could be read. */
@Component
public class LetterBox {

    private final HandedIn door;
    private final IncomingLetters letters;

    LetterBox(HandedIn door, IncomingLetters letters) {
        this.door = door;
        this.letters = letters;
    }

    /**
     * Works on the letter like on any other: once, told apart from machines, offered to those who take letters.
     *
     * @param letter as it travels, with its head
     * @throws IOException when it cannot be read, or is larger than letters may be
     */
    public void take(InputStream letter) throws IOException {
        door.take(letter);
    }

    /** Keeps nothing of what a letter says: it is nobody's business. That it came is remembered, so that it does not come again. */
    public void forget(UUID letter) {
        letters.forget(letter);
    }
}
