package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is kept of a letter that cannot be taken apart: all of it, as a file. */
final class Unreadable {

    private Unreadable() {}

    static Read letter(Path file) {
        String fingerprint;
        try {
            fingerprint = Fingerprint.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Read(
                fingerprint,
                "<" + fingerprint + "@missing.invalid>",
                List.of(),
                List.of(),
                "",
                null,
                List.of(),
                List.of(),
                "A letter that could not be read",
                "",
                "",
                null,
                List.of(new Read.ReadFile(
                        "letter.eml", "message/rfc822", false, null, () -> Files.newInputStream(file))),
                Kind.PERSON,
                null,
                null,
                false);
    }
}
