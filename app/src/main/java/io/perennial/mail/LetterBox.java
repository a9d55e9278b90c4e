package io.perennial.mail;

import io.perennial.mail.in.HandedIn;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/** Takes letters as files ({@code .eml}): the demo company's, or those that were kept while nothing could be read. */
@Component
public class LetterBox {

    private final HandedIn door;

    LetterBox(HandedIn door) {
        this.door = door;
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
}
