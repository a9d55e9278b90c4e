package io.perennial.mail.in;

import io.perennial.mail.MailSettings;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.springframework.stereotype.Component;

/** Of a letter that is larger than may be, the head is taken and a note instead of the rest, which stays in the mailbox. */
@Component
class TooLargeLetters {

    private static final Set<String> ABOUT_CONTENT =
            Set.of("content-type", "content-transfer-encoding", "content-disposition", "mime-version");
    private static final int LONGEST_HEAD = 100_000;

    private final MailSettings settings;

    TooLargeLetters(MailSettings settings) {
        this.settings = settings;
    }

    void write(IMAPMessage letter, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        try {
            for (Header header : Collections.list(letter.getAllHeaders())) {
                if (!ABOUT_CONTENT.contains(header.getName().toLowerCase(Locale.ROOT))
                        && head.length() < LONGEST_HEAD) {
                    head.append(header.getName())
                            .append(": ")
                            .append(header.getValue())
                            .append("\r\n");
                }
            }
        } catch (MessagingException e) {
            throw new IOException(e);
        }
        head.append("Content-Type: text/plain; charset=utf-8\r\n\r\n")
                .append("[This letter is larger than ")
                .append(settings.limits().letter().toMegabytes())
                .append(" MB. Its text and its files were not taken; they are in the mailbox.]\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    }
}
