package io.perennial.cases.desk;

import io.perennial.cases.desk.CaseRows.Known;
import io.perennial.cases.desk.Senders.Sender;
import io.perennial.mail.IncomingLetter;
import io.perennial.programs.Priority;
import io.perennial.shared.Actor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a letter does to a case, once it is known which one. Only inside the transaction that stores the letter. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LetterDesk {

    static final String CHANNEL = "email";

    /** Nobody writes more new requests in an hour; a machine that does not say that it is one would answer our receipts for ever. */
    private static final int MOST_ACKNOWLEDGED = 5;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String CUT = "\n\n[The letter was longer.]";

    private final CaseOpening opening;
    private final CaseVerbs verbs;
    private final CaseRows rows;
    private final CaseEvents events;
    private final Conversation conversation;
    private final Arrivals arrivals;
    private final MessageRows messages;
    private final CasePost post;
    private final CaseLetters letters;
    private final Senders senders;
    private final Readers readers;
    private final JdbcClient database;
    private final Clock clock;

    LetterDesk(
            CaseOpening opening,
            CaseVerbs verbs,
            CaseRows rows,
            CaseEvents events,
            Conversation conversation,
            Arrivals arrivals,
            MessageRows messages,
            CasePost post,
            CaseLetters letters,
            Senders senders,
            Readers readers,
            JdbcClient database,
            Clock clock) {
        this.opening = opening;
        this.verbs = verbs;
        this.rows = rows;
        this.events = events;
        this.conversation = conversation;
        this.arrivals = arrivals;
        this.messages = messages;
        this.post = post;
        this.letters = letters;
        this.senders = senders;
        this.readers = readers;
        this.database = database;
        this.clock = clock;
    }

    /** A new case, in the middle of the priorities until somebody grades it; given to somebody as soon as it is committed. */
    UUID open(IncomingLetter letter, Sender sender) {
        NewCase fresh = new NewCase(
                sender.account(),
                sender.contact(),
                subject(letter),
                text(letter),
                "",
                "",
                "",
                CHANNEL,
                "",
                key(letter));
        return opening.write(new CaseOpening.Opening(
                fresh,
                Priority.MEDIUM,
                key(letter),
                customer(sender.name()),
                null,
                letter,
                letter.kind() == IncomingLetter.Kind.PERSON && !writesLikeAMachine(sender)));
    }

    /** A person wrote on a case: it is our turn, and solved cases come back to their owner. */
    boolean heard(UUID id, IncomingLetter letter) {
        Known known = verbs.lockAny(id).orElse(null);
        if (known == null || messages.isKnown(key(letter))) {
            return known != null;
        }
        Sender sender = sender(known, letter);
        Actor customer = customer(author(letter, sender));
        verbs.change(known, Seen.WHATEVER, customer, CaseVerbs.SAID, "heard by mail", now -> {
            keep(known, letter, sender, "customer");
            conversation.turn(known, now, customer);
        });
        if (!letter.refusedFiles().isEmpty()) {
            readers.of(known.contactId())
                    .ifPresent(reader -> post.say(
                            known.id(),
                            CasePost.Words.automatic(
                                    "files-" + letter.id(),
                                    CasePost.Purpose.FILES_REFUSED,
                                    letters.filesRefused(reader, letter)),
                            Actor.SYSTEM));
        }
        return true;
    }

    /** A machine of theirs answered: colleagues read it, and nothing else happens. */
    boolean machine(UUID id, IncomingLetter letter) {
        Known known = verbs.lockAny(id).orElse(null);
        if (known == null || messages.isKnown(key(letter))) {
            return known != null;
        }
        keep(known, letter, sender(known, letter), "automatic");
        verbs.tell(known.id());
        return true;
    }

    /** The letter of a message came back: whoever has the case must hear of it, and waits for nothing any more. */
    void undelivered(MessageRows.Carried carried, String address, String reason) {
        messages.undelivered(carried.message(), reason);
        Known known = verbs.lockAny(carried.caseId()).orElse(null);
        if (known == null) {
            return;
        }
        verbs.change(known, Seen.WHATEVER, Actor.SYSTEM, CaseVerbs.SAID, "could not be written to " + address, now -> {
            events.append(known.id(), CaseEvents.UNDELIVERED, address, reason, Actor.SYSTEM);
            if (known.state().isOver()) {
                return;
            }
            rows.attention(known.id(), "A letter to " + address + " was not delivered.");
            if (known.state() == CaseState.WAITING) {
                rows.state(known.id(), CaseState.OPEN, now);
                events.append(known.id(), CaseEvents.STATE, CaseState.OPEN.key(), null, Actor.SYSTEM);
            }
        });
    }

    private void keep(Known known, IncomingLetter letter, @Nullable Sender sender, String kind) {
        arrivals.keep(new Arrivals.Words(
                key(letter),
                known.id(),
                known.account(),
                sender == null ? null : sender.contact(),
                author(letter, sender),
                null,
                kind,
                text(letter),
                new Arrivals.ByMail(letter, sender == null)));
    }

    /** Null when nobody at this customer has the address. */
    private @Nullable Sender sender(Known known, IncomingLetter letter) {
        return senders.of(letter.from()).stream()
                .filter(one -> one.account().equals(known.account()))
                .findFirst()
                .orElse(null);
    }

    private boolean writesLikeAMachine(Sender sender) {
        return database.sql("""
                select count(*) from cases.support_case
                where contact_id = :contact and channel = :channel and opened_at > :since
                """)
                        .param("contact", sender.contact())
                        .param("channel", CHANNEL)
                        .param("since", Timestamp.from(clock.instant().minus(HOUR)))
                        .query(Long.class)
                        .single()
                >= MOST_ACKNOWLEDGED;
    }

    private static String author(IncomingLetter letter, @Nullable Sender sender) {
        if (sender != null) {
            return sender.name();
        }
        String name = letter.fromName();
        return name == null || name.isBlank() ? letter.from().isEmpty() ? "Customer" : letter.from() : name;
    }

    private static Actor customer(String name) {
        return new Actor(Actor.Kind.SYSTEM, null, name);
    }

    /** The letter itself: the mail module stores each once, and so do we. */
    private static String key(IncomingLetter letter) {
        return "letter-" + letter.id();
    }

    private static String subject(IncomingLetter letter) {
        String line = letter.subject().replace("\0", "").replaceAll("\\s+", " ").strip();
        return line.isEmpty()
                ? "No subject"
                : line.length() > CaseDesk.LONGEST_SUBJECT
                        ? line.substring(0, CaseDesk.LONGEST_SUBJECT - 1) + "…"
                        : line;
    }

    private static String text(IncomingLetter letter) {
        String text = letter.text().replace("\r\n", "\n").replace("\0", "").strip();
        return text.length() > Conversation.LONGEST
                ? text.substring(0, Conversation.LONGEST - CUT.length()) + CUT
                : text;
    }
}
