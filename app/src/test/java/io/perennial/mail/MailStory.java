package io.perennial.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.perennial.mail.in.MailboxPoller;
import io.perennial.mail.in.SmtpListener;
import io.perennial.mail.out.LetterDelivery;
import io.perennial.shared.Actor;
import io.perennial.world.MovableClock;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;

/** A house that writes as help@lumenworks.example, with a real mail server beside it that it sends to and reads from. */
@Import(Readers.class)
public abstract class MailStory {

    public static final String HOUSE = "help@lumenworks.example";
    protected static final String CUSTOMER = "ana@oslo-ferry.example";

    private static final List<Integer> PORTS = freePorts();
    protected static final int SMTP = PORTS.get(0);
    protected static final int IMAP = PORTS.get(1);
    protected static final int LISTENER = PORTS.get(2);

    @Autowired
    protected Outbox outbox;

    @Autowired
    protected LetterDelivery delivery;

    @Autowired
    protected MailboxPoller poller;

    @Autowired
    protected SmtpListener listener;

    @Autowired
    protected Readers readers;

    @Autowired
    protected TransactionOperations transactions;

    @Autowired
    protected JdbcClient database;

    @Autowired
    protected MovableClock clock;

    protected GreenMail server = fresh();

    @DynamicPropertySource
    static void aMailServer(DynamicPropertyRegistry properties) {
        properties.add("perennial.mail.from", () -> HOUSE);
        properties.add("perennial.mail.from-name", () -> "Lumenworks Help");
        properties.add("perennial.mail.postal-address", () -> "1 Harbour Street, Bergen");
        properties.add("perennial.mail.smtp.host", () -> "127.0.0.1");
        properties.add("perennial.mail.smtp.port", () -> SMTP);
        properties.add("perennial.mail.smtp.security", () -> "none");
        properties.add("perennial.mail.smtp.timeout", () -> "2s");
        properties.add("perennial.mail.imap.host", () -> "127.0.0.1");
        properties.add("perennial.mail.imap.port", () -> IMAP);
        properties.add("perennial.mail.imap.security", () -> "none");
        properties.add("perennial.mail.imap.user", () -> HOUSE);
        properties.add("perennial.mail.imap.password", () -> "secret-of-the-mailbox");
        properties.add("perennial.mail.listener.port", () -> LISTENER);
        properties.add("perennial.mail.listener.recipients", () -> HOUSE);
        properties.add("perennial.mail.limits.per-hour", () -> 5);
        properties.add("perennial.mail.trusted-server", () -> "mx.lumenworks.example");
    }

    @BeforeEach
    void theServerRuns() {
        readers.forgetEverything();
        server.start();
        server.setUser(HOUSE, HOUSE, "secret-of-the-mailbox");
    }

    @AfterEach
    void theServerStops() {
        server.stop();
    }

    /** A server that has never seen a letter, on the same ports. */
    protected static GreenMail fresh() {
        return new GreenMail(new ServerSetup[] {
            patient(new ServerSetup(SMTP, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)),
            patient(new ServerSetup(IMAP, "127.0.0.1", ServerSetup.PROTOCOL_IMAP))
        });
    }

    /** Two seconds are too little for a machine that is busy. */
    private static ServerSetup patient(ServerSetup setup) {
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    protected UUID post(String key) {
        return post(key, CUSTOMER);
    }

    protected UUID post(String key, String to) {
        return outbox.post(Letter.plain(key, to, "Your case", "We have your letter.\n", "test"), Actor.SYSTEM);
    }

    protected Delivery of(UUID letter) {
        return outbox.delivery(letter).orElseThrow();
    }

    /** Puts a letter into our mailbox, as the world's mail servers would. */
    protected void arrives(String letter) {
        try {
            MimeMessage message = com.icegreen.greenmail.util.GreenMailUtil.newMimeMessage(
                    letter.strip().replace("\n", "\r\n"));
            server.getUserManager().getUser(HOUSE).deliver(message);
        } catch (RuntimeException e) {
            throw new IllegalStateException(letter, e);
        }
    }

    /** A letter of a person. */
    protected static String letter(String messageId, String subject, String text) {
        return """
            From: Ana Berg <ana@oslo-ferry.example>
            To: help@lumenworks.example
            Date: Tue, 24 Nov 2026 08:00:00 +0000
            Message-ID: <%s>
            Subject: %s
            Content-Type: text/plain; charset=utf-8

            %s
            """.formatted(messageId, subject, text);
    }

    protected MimeMessage[] sent(String to) throws MessagingException {
        List<MimeMessage> all = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().contains(to)) {
                all.add(message);
            }
        }
        return all.toArray(MimeMessage[]::new);
    }

    private static List<Integer> freePorts() {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket two = new ServerSocket(0);
                ServerSocket three = new ServerSocket(0)) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
