package io.perennial.mail.in;

import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.MailSettings;
import io.perennial.mail.in.IncomingLetters.Origin;
import io.perennial.mail.in.Read.Failure;
import io.perennial.mail.in.Read.Unwanted;
import io.perennial.mail.out.Bounces;
import io.perennial.mail.out.Complaints;
import io.perennial.mail.out.LetterStore;
import io.perennial.platform.live.Live;
import io.perennial.platform.records.Ids;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in one letter, once: it is stored and offered to the modules in one transaction, so that what they make of it is
 * committed with it. A letter that nobody takes, or that a module stumbles over, stays as unread with the reason.
 */
@Component
public class Intake {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String OUR_LETTER = "Our letter came back";
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final MimeReader reader;
    private final IncomingLetters letters;
    private final LetterFiles files;
    private final LetterStore ours;
    private final Bounces bounces;
    private final Complaints complaints;
    private final ObjectProvider<LetterReceiver> receivers;
    private final ObjectProvider<Live> live;
    private final MailSettings settings;
    private final TransactionOperations transactions;
    private final Clock clock;

    Intake(
            MimeReader reader,
            IncomingLetters letters,
            LetterFiles files,
            LetterStore ours,
            Bounces bounces,
            Complaints complaints,
            ObjectProvider<LetterReceiver> receivers,
            ObjectProvider<Live> live,
            MailSettings settings,
            TransactionOperations transactions,
            Clock clock) {
        this.reader = reader;
        this.letters = letters;
        this.files = files;
        this.ours = ours;
        this.bounces = bounces;
        this.complaints = complaints;
        this.receivers = receivers;
        this.live = live;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Returns when the letter is safe, and only then.
     *
     * @param sender as its server was told; null when it is not known
     * @param within more to do in the same transaction, such as remembering how far a mailbox was read
     */
    void take(Path file, @Nullable String sender, Origin origin, Runnable within) throws IOException {
        try (MimeReader.Opened letter = reader.read(file, sender)) {
            try {
                transactions.executeWithoutResult(transaction -> store(letter.read(), origin, null, within));
            } catch (UncheckedIOException
                    | DataAccessResourceFailureException
                    | TransientDataAccessException
                    | CannotCreateTransactionException
                    | TransactionSystemException passing) {
                throw passing;
            } catch (RuntimeException stumbled) {
                log.warn("A letter could not be worked on and stays unread", stumbled);
                String reason = "It could not be worked on: " + words(stumbled);
                transactions.executeWithoutResult(transaction -> store(letter.read(), origin, reason, within));
            }
        } catch (MessagingException unreadable) {
            log.warn("A letter could not be read", unreadable);
            transactions.executeWithoutResult(
                    transaction -> store(Unreadable.letter(file), origin, "It could not be read.", within));
        }
        live.ifAvailable(pages -> pages.changed("mail"));
    }

    /**
     * Offers an unread letter once more.
     *
     * @return who took it; empty when nobody did
     */
    public Optional<String> offerAgain(UUID id) {
        return Optional.ofNullable(transactions.execute(transaction -> {
            if (!letters.lockUnread(id)) {
                return null;
            }
            return letters.find(id).map(this::offer).orElse(null);
        }));
    }

    private void store(Read read, Origin origin, @Nullable String reason, Runnable within) {
        within.run();
        UUID id = Ids.next();
        Kind kind = kind(read);
        if (!letters.add(id, read, kind, null, origin)) {
            return;
        }
        try {
            files.keep(id, read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        if (reason != null) {
            letters.left(id, reason);
        } else if (kind == Kind.BOUNCE && isOurs(read.failure())) {
            letters.taken(id, OUR_LETTER);
        } else if (kind == Kind.COMPLAINT && isUnwanted(read.unwanted())) {
            letters.taken(id, "A reader complained about our letter");
        } else {
            letters.find(id).ifPresent(this::offer);
        }
    }

    private @Nullable String offer(IncomingLetter letter) {
        List<LetterReceiver> all = receivers.orderedStream().toList();
        for (LetterReceiver receiver : all) {
            if (receiver.receive(letter)) {
                String by = name(receiver);
                letters.taken(letter.id(), by);
                return by;
            }
        }
        letters.left(letter.id(), unclaimed(letter, all.isEmpty()));
        return null;
    }

    private boolean isOurs(@Nullable Failure failure) {
        return failure != null
                && failure.original() != null
                && bounces.cameBack(failure.original(), failure.address(), failure.reason());
    }

    private boolean isUnwanted(@Nullable Unwanted unwanted) {
        return unwanted != null
                && unwanted.original() != null
                && complaints.came(unwanted.original(), unwanted.address(), unwanted.said());
    }

    private Kind kind(Read read) {
        if (read.oursAgain().stream().anyMatch(id -> ours.byMessageId(id).isPresent())) {
            return Kind.LOOP;
        }
        boolean tooMany = read.kind() != Kind.BOUNCE
                && read.kind() != Kind.COMPLAINT
                && !read.from().isEmpty()
                && letters.from(read.from(), clock.instant().minus(HOUR))
                        >= settings.limits().perHour();
        return tooMany ? Kind.LOOP : read.kind();
    }

    private static String unclaimed(IncomingLetter letter, boolean nobody) {
        if (nobody) {
            return "No part of Perennial takes letters yet.";
        }
        return switch (letter.kind()) {
            case PERSON -> "Nobody knew what to do with it.";
            case AUTO_REPLY -> "An automatic reply that belongs to nothing.";
            case BOUNCE -> "It is about a letter that is not ours.";
            case COMPLAINT -> "It is about a letter that is not ours.";
            case LOOP -> "A loop: our own letter, or too many from one address within an hour.";
            case LIST -> "It was sent to many.";
        };
    }

    /** The module, as people call it. */
    private static String name(LetterReceiver receiver) {
        String[] packages = AopUtils.getTargetClass(receiver).getPackageName().split("\\.", -1);
        return packages.length > 2 ? packages[2] : packages[packages.length - 1];
    }

    private static String words(RuntimeException failure) {
        String text = String.valueOf(failure.getMessage());
        return text.length() > 300 ? text.substring(0, 300) : text;
    }
}
