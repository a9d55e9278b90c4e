package io.perennial.cases.desk;

import io.perennial.cases.desk.Senders.Sender;
import io.perennial.mail.BounceListener;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.MailSettings;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which case a letter belongs to. A letter of our thread names one of its letters, which only its readers can. A number in the
 * subject is no proof: it counts for people of that customer only, and, where our mail server vouches for senders, for those it
 * vouched for. What comes from one known person is a new case. Everything else waits for somebody to decide.
 */
@Component
@Order(100)
class CaseMail implements LetterReceiver, BounceListener {

    private static final Pattern NUMBER = Pattern.compile("\\[#(\\d{1,15})]");

    private final CaseThreads threads;
    private final Senders senders;
    private final LetterDesk desk;
    private final MessageRows messages;
    private final MailSettings settings;
    private final JdbcClient database;

    CaseMail(
            CaseThreads threads,
            Senders senders,
            LetterDesk desk,
            MessageRows messages,
            MailSettings settings,
            JdbcClient database) {
        this.threads = threads;
        this.senders = senders;
        this.desk = desk;
        this.messages = messages;
        this.settings = settings;
        this.database = database;
    }

    @Override
    public boolean receive(IncomingLetter letter) {
        return switch (letter.kind()) {
            case BOUNCE, COMPLAINT, LOOP -> false;
            case AUTO_REPLY ->
                threads.caseOf(letter.references())
                        .map(id -> desk.machine(id, letter))
                        .orElse(false);
            case LIST ->
                threads.caseOf(letter.references())
                        .filter(id -> belongs(id, senders.of(letter.from())))
                        .map(id -> desk.heard(id, letter))
                        .orElse(false);
            case PERSON -> person(letter);
        };
    }

    private boolean person(IncomingLetter letter) {
        List<Sender> known = senders.of(letter.from());
        Optional<UUID> thread = threads.caseOf(letter.references()).or(() -> numbered(letter, known));
        if (thread.isPresent()) {
            return desk.heard(thread.get(), letter);
        }
        if (known.size() != 1) {
            return false;
        }
        desk.open(letter, known.getFirst());
        return true;
    }

    private Optional<UUID> numbered(IncomingLetter letter, List<Sender> known) {
        if (!settings.trustedServer().isBlank() && !letter.senderVerified()) {
            return Optional.empty();
        }
        Matcher number = NUMBER.matcher(letter.subject());
        return number.find()
                ? database.sql("select id from cases.support_case where number = :number")
                        .param("number", Long.parseLong(number.group(1)))
                        .query(UUID.class)
                        .optional()
                        .filter(id -> belongs(id, known))
                : Optional.empty();
    }

    private boolean belongs(UUID id, List<Sender> known) {
        @Nullable
        UUID account = database.sql("select account_id from cases.support_case where id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .orElse(null);
        return known.stream().anyMatch(sender -> sender.account().value().equals(account));
    }

    @Override
    public void bounced(Bounce bounce) {
        messages.carriedBy(bounce.letter())
                .ifPresent(carried -> desk.undelivered(carried, bounce.address(), bounce.reason()));
    }
}
