package io.perennial.mail.in;

import io.perennial.mail.in.Read.ReadFile;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Goes through the parts of one letter and sorts them: words, HTML, files, and what a delivery report is made of. */
final class PartWalk {

    private static final int DEEPEST = 12;
    private static final int MOST_PARTS = 300;
    private static final int MOST_TNEF = 12 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final List<ReadFile> files = new ArrayList<>();
    private @Nullable String report;
    private @Nullable String original;
    private @Nullable String complaint;
    private int seen;

    String text() {
        return text.toString();
    }

    String html() {
        return html.toString();
    }

    List<ReadFile> files() {
        return files;
    }

    /** The machine-readable part of a delivery report. */
    @Nullable
    String report() {
        return report;
    }

    /** The machine-readable part of a report that a reader complained (RFC 5965). */
    @Nullable
    String complaint() {
        return complaint;
    }

    /** Message-ID of the letter that a delivery report gives back; our own mark where a relay wrote another one. */
    @Nullable
    String original() {
        return original;
    }

    void walk(Part letter) throws MessagingException, IOException {
        part(letter, 0, false);
    }

    private void part(Part part, int depth, boolean inReport) throws MessagingException, IOException {
        if (++seen > MOST_PARTS) {
            return;
        }
        String type = type(part);
        if (type.startsWith("multipart/") && depth < DEEPEST) {
            children(part, type, depth, inReport);
        } else if (type.equals("message/delivery-status") && inReport) {
            report = read(part, null);
        } else if (type.equals("message/feedback-report") && inReport) {
            complaint = read(part, null);
        } else if ((type.equals("message/rfc822") || type.equals("text/rfc822-headers")) && inReport) {
            givenBack(part);
        } else if (isWords(part, type)) {
            words(part, type);
        } else if (isTnef(part, type)) {
            unpack(part);
        } else if (!isSignature(type)) {
            file(part, type);
        }
    }

    private void children(Part part, String type, int depth, boolean inReport) throws MessagingException, IOException {
        Object content;
        try {
            content = part.getContent();
        } catch (MessagingException | IOException | RuntimeException broken) {
            file(part, type);
            return;
        }
        if (!(content instanceof Multipart several)) {
            file(part, type);
            return;
        }
        boolean report = inReport || type.equals("multipart/report");
        for (int i = 0; i < count(several) && seen <= MOST_PARTS; i++) {
            part(several.getBodyPart(i), depth + 1, report);
        }
    }

    private static int count(Multipart several) {
        try {
            return several.getCount();
        } catch (MessagingException broken) {
            return 0;
        }
    }

    private void givenBack(Part part) throws MessagingException, IOException {
        try (InputStream head = part.getInputStream()) {
            List<String> identities = Heads.identities(
                    new MimeBodyPart(new ByteArrayInputStream(head.readNBytes(64 * 1024))),
                    "Message-ID",
                    "X-Perennial-Letter");
            original = identities.isEmpty() ? original : identities.getLast();
        }
    }

    private void words(Part part, String type) throws MessagingException, IOException {
        StringBuilder words = type.equals("text/html") ? html : text;
        if (words.length() > Texts.MOST_BYTES) {
            return;
        }
        if (!words.isEmpty()) {
            words.append(type.equals("text/html") ? "<hr>" : "\n\n");
        }
        String read = read(part, parameter(part, "charset"));
        if (words == html && !HtmlDepth.isReasonable(read)) {
            text.append(HtmlDepth.words(read));
        } else {
            words.append(read);
        }
    }

    private void file(Part part, String type) throws MessagingException {
        String name = name(part);
        if (name.isEmpty() && type.equals("message/rfc822")) {
            name = subject(part) + ".eml";
        }
        if (name.isEmpty() && type.equals("text/calendar")) {
            name = "invitation.ics";
        }
        boolean inline = Part.INLINE.equalsIgnoreCase(disposition(part))
                || (type.startsWith("image/") && contentId(part) != null);
        files.add(new ReadFile(name.isEmpty() ? "file" : name, type, inline, contentId(part), () -> open(part)));
    }

    private void unpack(Part part) throws MessagingException, IOException {
        List<Tnef.Packed> packed;
        try (InputStream content = open(part)) {
            packed = Tnef.files(content.readNBytes(MOST_TNEF));
        }
        if (packed.isEmpty()) {
            file(part, "application/ms-tnef");
            return;
        }
        for (Tnef.Packed one : packed) {
            files.add(new ReadFile(
                    one.name(),
                    "application/octet-stream",
                    false,
                    null,
                    () -> new ByteArrayInputStream(one.content())));
        }
    }

    private static boolean isWords(Part part, String type) throws MessagingException {
        return (type.equals("text/plain") || type.equals("text/html"))
                && !Part.ATTACHMENT.equalsIgnoreCase(disposition(part))
                && name(part).isEmpty();
    }

    private static boolean isTnef(Part part, String type) {
        return type.equals("application/ms-tnef")
                || type.equals("application/vnd.ms-tnef")
                || name(part).equalsIgnoreCase("winmail.dat");
    }

    /** Of no use to a reader, and never examined here. */
    private static boolean isSignature(String type) {
        return type.equals("application/pgp-signature")
                || type.equals("application/pkcs7-signature")
                || type.equals("application/x-pkcs7-signature");
    }

    private static String read(Part part, @Nullable String charset) throws MessagingException, IOException {
        try (InputStream content = open(part)) {
            return Texts.read(content, charset);
        }
    }

    /** Decoded; as it is when the way it is encoded is not known. */
    private static InputStream open(Part part) throws MessagingException, IOException {
        try {
            return part.getInputStream();
        } catch (MessagingException unknown) {
            return switch (part) {
                case MimeBodyPart body -> body.getRawInputStream();
                case MimeMessage message -> message.getRawInputStream();
                default -> throw unknown;
            };
        }
    }

    private static String type(Part part) throws MessagingException {
        String[] said = part.getHeader("Content-Type");
        if (said == null || said[0].isBlank()) {
            return "text/plain";
        }
        try {
            return new ContentType(said[0]).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException broken) {
            String type = said[0].split("[;\\s]", 2)[0].toLowerCase(Locale.ROOT);
            return type.matches("[\\w.+-]+/[\\w.+-]+") ? type : "application/octet-stream";
        }
    }

    private static @Nullable String parameter(Part part, String name) {
        try {
            String[] said = part.getHeader("Content-Type");
            return said == null ? null : new ContentType(said[0]).getParameter(name);
        } catch (MessagingException broken) {
            return null;
        }
    }

    private static @Nullable String disposition(Part part) {
        try {
            return part.getDisposition();
        } catch (MessagingException broken) {
            return null;
        }
    }

    private static String name(Part part) {
        try {
            String name = part.getFileName();
            return name == null ? "" : Heads.decoded(name);
        } catch (MessagingException | RuntimeException broken) {
            return "file";
        }
    }

    private static @Nullable String contentId(Part part) throws MessagingException {
        String[] id = part.getHeader("Content-ID");
        return id == null ? null : id[0].strip().replaceAll("^<|>$", "");
    }

    private static String subject(Part part) {
        try (InputStream head = open(part)) {
            String subject =
                    Heads.line(new MimeBodyPart(new ByteArrayInputStream(head.readNBytes(64 * 1024))), "Subject");
            return subject.isBlank() ? "letter" : subject;
        } catch (MessagingException | IOException broken) {
            return "letter";
        }
    }
}
