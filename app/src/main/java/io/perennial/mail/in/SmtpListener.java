package io.perennial.mail.in;

import io.perennial.mail.MailSettings;
import io.perennial.mail.Ways;
import io.perennial.mail.in.IncomingLetters.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Takes letters by SMTP for the addresses that were set and for nobody else: it has no way to pass one on. Meant to stand behind
 * a mail server on the same machine. A letter is acknowledged when it is committed.
 */
@Component
public class SmtpListener implements SmartLifecycle {

    private static final int MOST_CONNECTIONS = 20;
    private static final int MOST_RECIPIENTS = 50;
    private static final int IDLE_MILLIS = 60_000;
    /** Letters that are taken apart at the same time; the others wait for their answer. */
    private static final int AT_ONCE = 2;

    private static final int LONGEST_WAIT_SECONDS = 60;

    /** Of a letter that is refused, as many times its limit are read before the connection is cut. */
    private static final int MOST_DRAINED = 5;

    private static final Logger log = LoggerFactory.getLogger(SmtpListener.class);

    private final MailSettings settings;
    private final Intake intake;
    private final Spool spool;
    private final Ways ways;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private @Nullable SMTPServer server;

    SmtpListener(MailSettings settings, Intake intake, Spool spool, Ways ways) {
        this.settings = settings;
        this.intake = intake;
        this.spool = spool;
        this.ways = ways;
    }

    @Override
    public synchronized void start() {
        MailSettings.Listener listener = settings.listener();
        SMTPServer fresh = SMTPServer.port(listener.port())
                .bindAddress(Optional.of(address(listener.address())))
                .hostName(settings.domain())
                .softwareName("Perennial")
                .maxConnections(MOST_CONNECTIONS)
                .maxRecipients(MOST_RECIPIENTS)
                .connectionTimeout(IDLE_MILLIS, TimeUnit.MILLISECONDS)
                .maxMessageSize((int) settings.limits().letter().toBytes())
                .hideTLS()
                // Without a Message-ID a letter is known by its bytes, which must be those that were sent.
                .insertReceivedHeaders(false)
                .messageHandlerFactory(context -> new Conversation())
                .build();
        try {
            fresh.start();
            server = fresh;
            ways.well(Ways.LISTENER);
        } catch (RuntimeException e) {
            // The rest of the product is worth more than this door.
            log.error("Letters cannot be taken at port {}", listener.port(), e);
            ways.trouble(Ways.LISTENER, "Port " + listener.port() + " cannot be opened.");
        }
    }

    @Override
    public synchronized void stop() {
        SMTPServer running = server;
        server = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public boolean isAutoStartup() {
        return settings.listener().isOn();
    }

    private static InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("perennial.mail.listener.address is unknown: " + name, e);
        }
    }

    /** One letter. */
    private final class Conversation implements MessageHandler {

        private String sender = "";

        @Override
        public void from(String from) {
            sender = from;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (!settings.listener().takes(recipient)) {
                throw new RejectException(550, "5.1.1 No such address here");
            }
        }

        @Override
        public String data(InputStream letter) throws RejectException, IOException {
            try {
                if (!room.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new RejectException(451, "4.3.2 Too much to do, try again later");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RejectException(421, "4.3.2 Going down");
            }
            try {
                take(letter);
                ways.well(Ways.LISTENER);
                return "2.0.0 Taken";
            } catch (RejectException refused) {
                drain(letter);
                throw refused;
            } finally {
                room.release();
            }
        }

        /** What is left unread of a letter would be read as commands. */
        private void drain(InputStream letter) throws RejectException, IOException {
            long left = MOST_DRAINED * settings.limits().letter().toBytes();
            byte[] buffer = new byte[64 * 1024];
            for (int read; (read = letter.read(buffer)) > 0; ) {
                left -= read;
                if (left < 0) {
                    throw new DropConnectionException(421, "4.3.0 That is enough");
                }
            }
        }

        private void take(InputStream letter) throws RejectException {
            try {
                spool.use(
                        settings.limits().letter().toBytes(),
                        letter,
                        file -> intake.take(file, sender.isEmpty() ? "<>" : sender, Origin.LISTENER, () -> {}));
            } catch (Spool.TooLarge e) {
                throw new RejectException(
                        552, "5.3.4 At most " + settings.limits().letter().toMegabytes() + " MB are taken");
            } catch (IOException | RuntimeException e) {
                log.warn("A letter could not be taken in; its server will try again", e);
                throw new RejectException(451, "4.3.0 Not now, try again later");
            }
        }

        @Override
        public void done() {
            // Nothing is held between letters.
        }
    }
}
