package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.Leniency;
import io.perennial.mail.MailAddress;
import io.perennial.mail.MailSettings;
import io.perennial.mail.in.Read.Failure;
import io.perennial.mail.in.Read.Unwanted;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedFileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a letter apart. It lies in a file and is read from there, so a large one needs no more memory than a small one. What is
 * broken in it costs that part, not the letter.
 */
@Component
class MimeReader {

    private static final int MOST_WORDS = 500_000;

    private final MailSettings settings;
    private final Session session;

    MimeReader(MailSettings settings) {
        this.settings = settings;
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        this.session = Leniency.session(properties);
    }

    /** A letter whose files can be read as long as this is open. */
    record Opened(Read read, SharedFileInputStream file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** @param sender as the server that brought it was told; {@code <>} for none, null when it is not known */
    Opened read(Path letter, @Nullable String sender) throws IOException, MessagingException {
        SharedFileInputStream file = new SharedFileInputStream(letter.toFile());
        try {
            return new Opened(read(new MimeMessage(session, file), letter, sender), file);
        } catch (IOException | MessagingException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private Read read(MimeMessage letter, Path file, @Nullable String sender) throws IOException, MessagingException {
        PartWalk parts = new PartWalk();
        parts.walk(letter);
        List<Heads.Person> senders = new ArrayList<>(Heads.people(letter, "From"));
        senders.addAll(Heads.people(letter, "Sender"));
        Heads.Person from = senders.isEmpty() ? new Heads.Person("", null) : senders.getFirst();
        String returnPath = sender == null ? Heads.line(letter, "Return-Path") : sender;
        Failure failure = failure(parts);
        boolean report = letter.isMimeType("multipart/report");
        String feedback = parts.complaint();
        Unwanted unwanted = feedback == null ? null : Reports.unwanted(feedback, parts.original());
        Kind kind = unwanted != null
                ? Kind.COMPLAINT
                : Kinds.of(letter, from.address(), returnPath, report, failure != null);
        List<String> references = Heads.identities(letter, "References", "In-Reply-To");
        if (kind == Kind.BOUNCE && failure == null) {
            failure = complaint(letter, references);
        }
        List<String> identities = Heads.identities(letter, "Message-ID");
        String fingerprint = Fingerprint.of(file);
        String messageId = identities.isEmpty() ? "<" + fingerprint + "@missing.invalid>" : identities.getFirst();
        String subject = Heads.line(letter, "Subject");
        Quotes.Split words = words(parts);
        return new Read(
                identities.isEmpty()
                        ? fingerprint
                        : Fingerprint.of(messageId, from.address(), Heads.line(letter, "Date"), subject),
                messageId,
                references,
                Stream.concat(identities.stream(), Heads.identities(letter, "X-Perennial-Letter").stream())
                        .distinct()
                        .toList(),
                from.address(),
                from.name(),
                Heads.addresses(letter, "To"),
                Heads.addresses(letter, "Cc"),
                subject,
                words.fresh(),
                words.quoted(),
                parts.html().isBlank() ? null : SafeHtml.clean(parts.html()),
                parts.files(),
                kind,
                failure,
                unwanted,
                Verified.sender(letter, from.address(), settings.trustedServer()));
    }

    /** The plain part; where there is none, the words of the HTML. */
    private static Quotes.Split words(PartWalk parts) {
        if (!parts.text().isBlank() || parts.html().isBlank()) {
            return Quotes.split(cut(parts.text()));
        }
        String all = cut(SafeHtml.text(parts.html()));
        Quotes.Split fresh = Quotes.split(cut(SafeHtml.freshText(parts.html())));
        if (fresh.fresh().isBlank() || all.length() - fresh.fresh().length() < 2) {
            return Quotes.split(all);
        }
        String rest = all.startsWith(fresh.fresh())
                ? all.substring(fresh.fresh().length()).strip()
                : all;
        return new Quotes.Split(fresh.fresh(), rest);
    }

    private static String cut(String words) {
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
    }

    private static @Nullable Failure failure(PartWalk parts) throws MessagingException {
        String report = parts.report();
        return report == null ? null : Reports.failure(report, parts.original());
    }

    /** Of a server that writes no reports: what can be found out. */
    private static Failure complaint(MimeMessage letter, List<String> references) throws MessagingException {
        List<String> failed = Heads.addresses(letter, "X-Failed-Recipients");
        return new Failure(
                failed.isEmpty() ? null : failed.getFirst(),
                references.isEmpty() ? null : references.getLast(),
                MailAddress.oneLine(Heads.line(letter, "Subject")));
    }
}
