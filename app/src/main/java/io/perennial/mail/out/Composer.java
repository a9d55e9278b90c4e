package io.perennial.mail.out;

import io.perennial.mail.MailSettings;
import io.perennial.mail.UnsubscribeLinks;
import io.perennial.mail.out.DueLetters.Due;
import io.perennial.platform.files.Files;
import io.perennial.platform.files.StoredFile;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes a letter as MIME: plain text always, HTML beside it, files streamed from the database while they are sent. */
@Component
class Composer {

    /** By it one of our letters is known when it comes back, whatever became of its Message-ID. */
    static final String LETTER_HEADER = "X-Perennial-Letter";

    private static final String UTF_8 = "UTF-8";

    private final MailSettings settings;
    private final UnsubscribeLinks links;
    private final LetterFoot foot;
    private final Files files;
    private final Clock clock;

    Composer(MailSettings settings, UnsubscribeLinks links, LetterFoot foot, Files files, Clock clock) {
        this.settings = settings;
        this.links = links;
        this.foot = foot;
        this.files = files;
        this.clock = clock;
    }

    /** @throws MessagingException when the letter cannot be written, which trying again would not change */
    MimeMessage compose(Due letter, Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", letter.messageId());
            }
        };
        message.setFrom(address(settings.from(), settings.fromName()));
        message.setRecipient(
                Message.RecipientType.TO, address(letter.to(), letter.toName() == null ? "" : letter.toName()));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader(LETTER_HEADER, letter.messageId());
        unsubscribing(letter, message);
        for (String line : letter.headers()) {
            int colon = line.indexOf(": ");
            String name = line.substring(0, colon);
            message.setHeader(name, MimeUtility.fold(name.length() + 2, encoded(line.substring(colon + 2))));
        }
        if (letter.files().isEmpty()) {
            words(letter, message);
        } else {
            MimeMultipart all = new MimeMultipart("mixed");
            MimeBodyPart words = new MimeBodyPart();
            words(letter, words);
            all.addBodyPart(words);
            for (UUID file : letter.files()) {
                all.addBodyPart(attachment(file));
            }
            message.setContent(all);
        }
        message.saveChanges();
        return message;
    }

    /** By address of the web with one click, and by letter for old programs. */
    private void unsubscribing(Due letter, MimeMessage message) throws MessagingException {
        if (!foot.belongsUnder(letter)) {
            return;
        }
        String byLetter = "<mailto:" + settings.from() + "?subject=unsubscribe%20" + links.token(letter.id()) + ">";
        String link = links.link(letter.id()).orElse(null);
        message.setHeader("List-Unsubscribe", link == null ? byLetter : "<" + link + ">,\r\n " + byLetter);
        if (link != null) {
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.setHeader("Precedence", "bulk");
    }

    private void words(Due letter, MimePart part) throws MessagingException {
        String html = letter.html();
        if (html == null) {
            part.setText(lines(letter.text() + foot.plain(letter)), UTF_8);
            return;
        }
        MimeMultipart both = new MimeMultipart("alternative");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(lines(letter.text() + foot.plain(letter)), UTF_8);
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(lines(html + foot.html(letter)), UTF_8, "html");
        both.addBodyPart(plain);
        both.addBodyPart(rich);
        part.setContent(both);
    }

    private MimeBodyPart attachment(UUID id) throws MessagingException {
        StoredFile file = files.find(id).orElseThrow(() -> new MessagingException("A file of the letter is gone."));
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new Content(file)));
        part.setFileName(file.name());
        part.setDisposition(Part.ATTACHMENT);
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static InternetAddress address(String address, String name) throws MessagingException {
        try {
            return name.isBlank() ? new InternetAddress(address) : new InternetAddress(address, name, UTF_8);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(String value) {
        try {
            return MimeUtility.encodeText(value, UTF_8, null);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One kind of line end, so that nothing in a text can look like the end of the letter to any server. */
    private static String lines(String text) {
        return text.replaceAll("\r\n?|\n", "\r\n");
    }

    private final class Content implements DataSource {

        private final StoredFile file;

        Content(StoredFile file) {
            this.file = file;
        }

        @Override
        public InputStream getInputStream() {
            return files.open(file.id());
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return file.type();
        }

        @Override
        public String getName() {
            return file.name();
        }
    }
}
