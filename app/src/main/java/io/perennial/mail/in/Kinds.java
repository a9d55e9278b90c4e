package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter.Kind;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by the head of a letter whether a person wrote it to us. */
final class Kinds {

    private static final Pattern AUTOMATIC_SUBJECT =
            Pattern.compile("(?i)^(automatic reply|auto(matic)?[- ]?reply|autoreply|out of (the )?office|automatische"
                    + " antwort|abwesenheitsnotiz|abwesend|réponse automatique|respuesta automática|risposta"
                    + " automatica|automatisch antwoord|resposta automática)\\b.*");
    private static final Pattern POSTMASTER = Pattern.compile("^(mailer-daemon|postmaster|mail-daemon)@.*");

    private Kinds() {}

    /**
     * @param returnPath address for complaints: {@code <>} when the sender wants none, empty when not known
     * @param failed whether it reports that a letter could not be delivered
     */
    static Kind of(MimeMessage letter, String from, String returnPath, boolean report, boolean failed)
            throws MessagingException {
        if (failed || (!report && isComplaint(from, returnPath))) {
            return Kind.BOUNCE;
        }
        String submitted = Heads.line(letter, "Auto-Submitted").toLowerCase(Locale.ROOT);
        String precedence = Heads.line(letter, "Precedence").toLowerCase(Locale.ROOT);
        if (report
                || (!submitted.isEmpty() && !submitted.equals("no"))
                || has(letter, "X-Autoreply")
                || has(letter, "X-Autorespond")
                || has(letter, "X-Autoresponder")
                || precedence.equals("auto_reply")
                || precedence.equals("junk")
                || AUTOMATIC_SUBJECT.matcher(Heads.line(letter, "Subject")).matches()) {
            return Kind.AUTO_REPLY;
        }
        if (has(letter, "List-Id")
                || has(letter, "List-Post")
                || precedence.equals("list")
                || precedence.equals("bulk")) {
            return Kind.LIST;
        }
        return returnPath.equals("<>") ? Kind.AUTO_REPLY : Kind.PERSON;
    }

    /** A server that does not write reports: it complains in prose and wants no answer. */
    private static boolean isComplaint(String from, String returnPath) {
        return POSTMASTER.matcher(from).matches() && (returnPath.equals("<>") || returnPath.isEmpty());
    }

    private static boolean has(MimeMessage letter, String header) throws MessagingException {
        return letter.getHeader(header) != null;
    }
}
