package io.perennial.mail.out;

import io.perennial.mail.Leniency;
import io.perennial.mail.MailAddress;
import io.perennial.mail.MailSettings;
import io.perennial.mail.out.Answer.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** One connection to the mail server, for one letter after the other. Nothing of it waits for ever. */
final class SmtpLine implements AutoCloseable {

    private static final String CONNECT_MILLIS = "10000";

    private final Session session;
    private final SMTPTransport transport;

    private SmtpLine(Session session, SMTPTransport transport) {
        this.session = session;
        this.transport = transport;
    }

    /** @throws MessagingException when the server cannot be reached or does not let us in */
    static SmtpLine open(MailSettings settings) throws MessagingException {
        MailSettings.Smtp smtp = settings.smtp();
        Session session = Leniency.session(properties(settings));
        SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
        transport.connect(
                smtp.host(),
                smtp.usedPort(),
                smtp.user().isEmpty() ? null : smtp.user(),
                smtp.user().isEmpty() ? null : smtp.password());
        return new SmtpLine(session, transport);
    }

    Session session() {
        return session;
    }

    /** Whether the server still listens. */
    boolean isOpen() {
        return transport.isConnected();
    }

    /** @return what the server made of the letter; a lost connection is an answer too */
    Answer send(MimeMessage message) {
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return new Answer(Outcome.ACCEPTED, reply(transport.getLastServerResponse()));
        } catch (MessagingException e) {
            return answer(e);
        }
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            // It is closed for us, and the server will notice.
        }
    }

    /** The finest answer in the chain: that to the address, to the sender, to the letter. Without a code the line was cut. */
    private static Answer answer(MessagingException failure) {
        Answer whole = null;
        for (Exception cause = failure; cause != null; cause = next(cause)) {
            switch (cause) {
                case SMTPAddressFailedException refused -> {
                    return said(refused.getReturnCode(), refused, true);
                }
                case SMTPSenderFailedException refused -> {
                    return said(refused.getReturnCode(), refused, false);
                }
                case SMTPSendFailedException refused -> whole = said(refused.getReturnCode(), refused, false);
                default -> {
                    // Tells nothing by itself.
                }
            }
        }
        return whole == null ? lost(failure) : whole;
    }

    private static Answer said(int code, MessagingException refused, boolean aboutRecipient) {
        return code > 0 ? Answer.of(code, reply(refused.getMessage()), aboutRecipient) : lost(refused);
    }

    private static Answer lost(MessagingException failure) {
        String words = Trouble.words(failure);
        return new Answer(Outcome.LATER, "The connection was lost" + (words.startsWith("[") ? "." : ": " + words));
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException chain ? chain.getNextException() : null;
    }

    private static String reply(@Nullable String text) {
        String line = MailAddress.oneLine(text == null ? "" : text);
        return line.length() > 500 ? line.substring(0, 500) : line;
    }

    private static Properties properties(MailSettings settings) {
        MailSettings.Smtp smtp = settings.smtp();
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.setProperty("mail.smtp.timeout", Long.toString(smtp.timeout().toMillis()));
        properties.setProperty(
                "mail.smtp.writetimeout", Long.toString(smtp.timeout().toMillis()));
        properties.setProperty("mail.smtp.from", settings.from());
        properties.setProperty("mail.smtp.auth", Boolean.toString(!smtp.user().isEmpty()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(smtp.security() == MailSettings.Security.TLS));
        boolean startTls = smtp.security() == MailSettings.Security.STARTTLS;
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        return properties;
    }
}
