package io.perennial.mail;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How mail leaves and comes in: {@code perennial.mail.*}, or {@code PERENNIAL_MAIL_*} in the environment. Checked at start.
 *
 * @param from address of the house, which answers come to
 * @param fromName shown beside it
 * @param sending false leaves letters waiting
 * @param mostPerHour accepted letters an hour; more wait
 * @param postalAddress where the house is, on one line; stands at the foot of letters that nobody asked for
 * @param trustedServer name under which the house's own mail server writes {@code Authentication-Results}; empty trusts nobody
 */
@ConfigurationProperties("perennial.mail")
public record MailSettings(
        @DefaultValue("") String from,
        @DefaultValue("") String fromName,
        @DefaultValue("true") boolean sending,
        @DefaultValue("5000") int mostPerHour,
        @DefaultValue("") String trustedServer,
        @DefaultValue Smtp smtp,
        @DefaultValue Imap imap,
        @DefaultValue Listener listener,
        @DefaultValue Limits limits,
        @DefaultValue("") String postalAddress) {

    private static final String NO_DOMAIN = "perennial.invalid";

    /** How the connection is protected. */
    public enum Security {
        /** Encrypted from the first byte. */
        TLS,
        /** Encrypted before anything is said; without it nothing is. */
        STARTTLS,
        /** In the clear, for a server on the same machine. */
        NONE
    }

    /**
     * @param port 0 for the usual one
     * @param timeout for every answer of the server; a server that examines letters before it answers may need more
     */
    public record Smtp(
            @DefaultValue("") String host,
            @DefaultValue("0") int port,
            @DefaultValue("starttls") Security security,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("30s") Duration timeout) {

        public boolean isKnown() {
            return !host.isBlank();
        }

        public int usedPort() {
            return port > 0 ? port : security == Security.TLS ? 465 : security == Security.STARTTLS ? 587 : 25;
        }

        @Override
        public String toString() {
            return "smtp " + host + ":" + usedPort();
        }
    }

    /**
     * @param moveTo folder for letters that were read; empty leaves them where they are, marked as seen
     * @param every how long to rest between two looks
     */
    public record Imap(
            @DefaultValue("") String host,
            @DefaultValue("0") int port,
            @DefaultValue("tls") Security security,
            @DefaultValue("") String user,
            @DefaultValue("") String password,
            @DefaultValue("INBOX") String folder,
            @DefaultValue("") String moveTo,
            @DefaultValue("30s") Duration every,
            @DefaultValue("true") boolean polling) {

        public boolean isKnown() {
            return !host.isBlank();
        }

        public int usedPort() {
            return port > 0 ? port : security == Security.TLS ? 993 : 143;
        }

        @Override
        public String toString() {
            return "imap " + host + ":" + usedPort() + "/" + folder;
        }
    }

    /**
     * @param port 0 switches it off
     * @param recipients the only addresses it takes letters for
     */
    public record Listener(
            @DefaultValue("0") int port,
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue List<String> recipients) {

        public boolean isOn() {
            return port > 0;
        }

        public boolean takes(String recipient) {
            return recipients.stream()
                    .anyMatch(taken -> MailAddress.folded(taken).equals(MailAddress.folded(untagged(recipient))));
        }

        /** {@code support+anything@} comes to {@code support@}. */
        private static String untagged(String address) {
            int at = address.lastIndexOf('@');
            int plus = address.indexOf('+');
            return plus > 0 && plus < at ? address.substring(0, plus) + address.substring(at) : address;
        }
    }

    /**
     * @param letter bytes of a whole letter, as it travels
     * @param file bytes of one file of it
     * @param files how many files of a letter are taken
     * @param perHour letters an hour from one address, before they count as a loop
     */
    public record Limits(
            @DefaultValue("40MB") DataSize letter,
            @DefaultValue("10MB") DataSize file,
            @DefaultValue("30") int files,
            @DefaultValue("30") int perHour) {}

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public MailSettings {
        if (smtp.isKnown() && from.isBlank()) {
            throw new IllegalArgumentException(
                    "perennial.mail.from is missing: name the address that letters come from, since"
                            + " perennial.mail.smtp.host is set.");
        }
        from = from.isBlank() ? "" : MailAddress.of(from);
        if (listener.isOn() && listener.recipients().isEmpty()) {
            throw new IllegalArgumentException("perennial.mail.listener.recipients is missing: name the addresses that"
                    + " letters are taken for, since perennial.mail.listener.port is set.");
        }
    }

    /** Right-hand side of our message identities. */
    public String domain() {
        return from.isEmpty()
                ? NO_DOMAIN
                : from.substring(from.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** What keeps letters from leaving, as a sentence; null when nothing does. */
    public @Nullable String obstacle() {
        if (!smtp.isKnown()) {
            return "No mail server is set.";
        }
        return sending ? null : "Sending is switched off.";
    }

    @Override
    public String toString() {
        return "mail from " + from + " by " + smtp;
    }
}
