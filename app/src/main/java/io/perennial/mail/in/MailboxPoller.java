package io.perennial.mail.in;

import io.perennial.mail.Leniency;
import io.perennial.mail.MailSettings;
import io.perennial.mail.Ways;
import io.perennial.mail.in.IncomingLetters.Origin;
import io.perennial.mail.out.Trouble;
import io.perennial.platform.background.Loop;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Fetches letters from a mailbox: each number once, in their order, marked on the server only after our commit. The first look at
 * a mailbox takes what is unseen there; from then on it is the numbers that count, whoever else reads the mailbox.
 */
@Component
public class MailboxPoller extends Loop {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "60000";
    private static final Logger log = LoggerFactory.getLogger(MailboxPoller.class);

    private final MailSettings settings;
    private final Mailboxes mailboxes;
    private final Intake intake;
    private final Spool spool;
    private final TooLargeLetters tooLarge;
    private final Ways ways;

    MailboxPoller(
            MailSettings settings,
            Mailboxes mailboxes,
            Intake intake,
            Spool spool,
            TooLargeLetters tooLarge,
            Ways ways,
            @Value("${perennial.mail.loops:true}") boolean loops) {
        super(
                "mail in",
                PAUSE_AFTER_FAILURE,
                loops && settings.imap().isKnown() && settings.imap().polling());
        this.settings = settings;
        this.mailboxes = mailboxes;
        this.intake = intake;
        this.spool = spool;
        this.tooLarge = tooLarge;
        this.ways = ways;
    }

    @Override
    protected Duration step() {
        poll();
        return settings.imap().every();
    }

    /** @return how many letters were fetched; -1 when the server could not be reached */
    public synchronized int poll() {
        MailSettings.Imap imap = settings.imap();
        if (!imap.isKnown()) {
            return 0;
        }
        String protocol = imap.security() == MailSettings.Security.TLS ? "imaps" : "imap";
        try (Store store = Leniency.session(properties(protocol, imap)).getStore(protocol)) {
            store.connect(imap.host(), imap.usedPort(), imap.user(), imap.password());
            try (Folder folder = store.getFolder(imap.folder())) {
                folder.open(Folder.READ_WRITE);
                int fetched = read((IMAPFolder) folder, store);
                ways.well(Ways.IMAP);
                return fetched;
            }
        } catch (MessagingException | IOException e) {
            String words = Trouble.words(e);
            log.warn("The mailbox cannot be read: {}", words);
            ways.trouble(Ways.IMAP, words);
            return -1;
        } catch (RuntimeException e) {
            ways.trouble(Ways.IMAP, "A letter cannot be stored; see the server's log.");
            throw e;
        }
    }

    private int read(IMAPFolder folder, Store store) throws MessagingException, IOException {
        String name = name();
        long validity = folder.getUIDValidity();
        OptionalLong last = mailboxes.lastUid(name, validity);
        long next = folder.getUIDNext();
        Message[] fresh = last.isPresent()
                ? folder.getMessagesByUID(last.getAsLong() + 1, UIDFolder.LASTUID)
                : folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
        long[] uids = Arrays.stream(fresh)
                .mapToLong(message -> uid(folder, message))
                // "1:*" always names the last letter, also when it is below 1.
                .filter(uid -> uid > last.orElse(0))
                .sorted()
                .toArray();
        Set<Long> done = new TreeSet<>();
        for (long uid : uids) {
            Message message = folder.getMessageByUID(uid);
            if (message instanceof IMAPMessage letter) {
                fetch(letter, name, validity, uid);
                done.add(uid);
            }
        }
        if (last.isEmpty()) {
            mailboxes.readTo(name, validity, Math.max(0, next - 1));
        }
        int fetched = done.size();
        // What a crash left unmarked, too; none of it is read again.
        done.addAll(mailboxes.unmarked(name, validity));
        mark(folder, store, name, validity, done);
        return fetched;
    }

    private void fetch(IMAPMessage letter, String name, long validity, long uid)
            throws MessagingException, IOException {
        letter.setPeek(true); // seen is what we set when it is stored
        Origin origin = new Origin("imap", name, validity, uid);
        Runnable pointer = () -> mailboxes.readTo(name, validity, uid);
        long most = settings.limits().letter().toBytes();
        try {
            if (letter.getSize() > most) {
                throw new Spool.TooLarge();
            }
            spool.use(most, out -> write(letter, out), file -> intake.take(file, null, origin, pointer));
        } catch (Spool.TooLarge e) {
            spool.use(most, out -> tooLarge.write(letter, out), file -> intake.take(file, null, origin, pointer));
        }
    }

    private void mark(IMAPFolder folder, Store store, String name, long validity, Set<Long> uids)
            throws MessagingException {
        String moveTo = settings.imap().moveTo();
        for (long uid : uids) {
            Message letter = folder.getMessageByUID(uid);
            if (letter != null) {
                letter.setFlag(Flags.Flag.SEEN, true);
                if (!moveTo.isEmpty()) {
                    move(folder, store.getFolder(moveTo), letter);
                }
            }
            mailboxes.marked(name, validity, uid);
        }
    }

    private static void move(IMAPFolder folder, Folder target, Message letter) throws MessagingException {
        if (!target.exists()) {
            target.create(Folder.HOLDS_MESSAGES);
        }
        folder.copyMessages(new Message[] {letter}, target);
        letter.setFlag(Flags.Flag.DELETED, true);
        folder.expunge(new Message[] {letter});
    }

    private String name() {
        MailSettings.Imap imap = settings.imap();
        return imap.user() + "@" + imap.host() + "/" + imap.folder();
    }

    private static void write(IMAPMessage letter, OutputStream out) throws IOException {
        try {
            letter.writeTo(out);
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    private static long uid(IMAPFolder folder, Message message) {
        try {
            return folder.getUID(message);
        } catch (MessagingException gone) {
            return 0;
        }
    }

    private static Properties properties(String protocol, MailSettings.Imap imap) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "connectiontimeout", CONNECT_MILLIS);
        properties.setProperty(prefix + "timeout", ANSWER_MILLIS);
        properties.setProperty(prefix + "writetimeout", ANSWER_MILLIS);
        boolean startTls = imap.security() == MailSettings.Security.STARTTLS;
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(startTls));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(startTls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "fetchsize", Integer.toString(256 * 1024));
        return properties;
    }
}
