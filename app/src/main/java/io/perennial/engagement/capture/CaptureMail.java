package io.perennial.engagement.capture;

import io.perennial.engagement.meetings.Invitations;
import io.perennial.engagement.people.CaptureSettings;
import io.perennial.engagement.people.Correspondents;
import io.perennial.engagement.people.Correspondents.Colleague;
import io.perennial.engagement.people.Correspondents.Person;
import io.perennial.mail.IncomingLetter;
import io.perennial.mail.IncomingLetter.Kind;
import io.perennial.mail.LetterBox;
import io.perennial.mail.LetterReceiver;
import io.perennial.mail.MailSettings;
import io.perennial.shared.Actor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Letters between colleagues and customers that are copied to us. What a colleague writes is taken unless it is addressed to the
 * house itself; what a customer writes, when it is copied to the address for that or belongs to a thread that we know. Machines'
 * letters are nobody's conversation. It is asked before cases are, which take every letter of a known person.
 */
@Component
@Order(40)
class CaptureMail implements LetterReceiver {

    /** A forwarded letter names its writer in its text. */
    private static final Pattern FORWARDED = Pattern.compile(
            "(?imu)^[>\\s*]{0,10}(?:from|von|de|da|van|från|fra)\\s?:[^\\n]{0,200}?([\\w.+%-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5})");

    private static final int MOST_ADDRESSES = 50;

    private final Correspondents correspondents;
    private final CapturedLetters letters;
    private final Filing filing;
    private final Invitations invitations;
    private final LetterBox box;
    private final CaptureSettings settings;
    private final MailSettings mail;

    CaptureMail(
            Correspondents correspondents,
            CapturedLetters letters,
            Filing filing,
            Invitations invitations,
            LetterBox box,
            CaptureSettings settings,
            MailSettings mail) {
        this.correspondents = correspondents;
        this.letters = letters;
        this.filing = filing;
        this.invitations = invitations;
        this.box = box;
        this.settings = settings;
        this.mail = mail;
    }

    @Override
    public boolean receive(IncomingLetter letter) {
        boolean copied = settings.isAmong(letter.to(), letter.cc());
        boolean toTheHouse = letter.to().contains(mail.from()) || letter.cc().contains(mail.from());
        if (letter.kind() != Kind.PERSON || toTheHouse && !copied) {
            return false;
        }
        if (!mail.trustedServer().isBlank() && !letter.senderVerified()) {
            return false;
        }
        Colleague colleague = correspondents.colleague(letter.from()).orElse(null);
        if (invitations.take(letter, colleague != null || copied)) {
            return true;
        }
        return colleague == null ? heard(letter, copied) : written(letter, colleague);
    }

    /** What a colleague wrote, or passes on. */
    private boolean written(IncomingLetter letter, Colleague colleague) {
        Set<String> outside = outside(letter);
        boolean forwarded = outside.isEmpty();
        if (forwarded) {
            outside = outside(forwardedFrom(letter));
        }
        Set<String> privately = correspondents.ofPrivate(outside);
        outside.removeAll(privately);
        if (outside.isEmpty()) {
            if (!privately.isEmpty()) {
                box.forget(letter.id());
                return true;
            }
            return settings.isAmong(letter.to(), letter.cc());
        }
        List<Person> people = correspondents.people(outside);
        boolean answered = forwarded || isAnswer(letter, people);
        keep(letter, colleague, outside, people, answered, Actor.person(colleague.id(), colleague.name()));
        return true;
    }

    /** What a customer wrote. */
    private boolean heard(IncomingLetter letter, boolean copied) {
        List<Person> people = correspondents.people(List.of(letter.from()));
        boolean known = letters.thread(letter).isPresent();
        if (people.isEmpty() || !copied && !known) {
            return false;
        }
        if (!correspondents.ofPrivate(List.of(letter.from())).isEmpty()) {
            box.forget(letter.id());
            return true;
        }
        keep(letter, null, Set.of(letter.from()), people, false, Actor.SYSTEM);
        return true;
    }

    private void keep(
            IncomingLetter letter,
            @Nullable Colleague colleague,
            Set<String> addresses,
            List<Person> people,
            boolean answered,
            Actor actor) {
        String earliest = letter.references().isEmpty()
                ? letter.messageId()
                : letter.references().getFirst();
        String thread = letters.thread(letter).orElse(earliest);
        boolean known =
                !thread.equals(letter.messageId()) && letters.thread(letter).isPresent();
        Captured captured = Captured.of(letter, thread, colleague == null ? null : colleague.id(), answered);
        Set<String> unknown = new LinkedHashSet<>(addresses);
        people.forEach(person -> unknown.remove(person.address()));
        Set<String> filed = new LinkedHashSet<>(addresses);
        filed.removeAll(unknown);
        if (!letters.add(captured, unknown, filed)) {
            return;
        }
        boolean conversation = answered || (colleague == null ? known : letters.heardIn(thread));
        filing.file(captured, people, conversation, null, actor);
    }

    /** The letter quotes what one of these people wrote. */
    private static boolean isAnswer(IncomingLetter letter, List<Person> people) {
        String quoted = letter.quoted().toLowerCase(Locale.ROOT);
        return !letter.references().isEmpty()
                && people.stream()
                        .anyMatch(person -> quoted.contains(person.address())
                                || quoted.contains(person.name().toLowerCase(Locale.ROOT)));
    }

    private Set<String> outside(IncomingLetter letter) {
        List<String> all = new ArrayList<>(letter.to());
        all.addAll(letter.cc());
        return outside(all);
    }

    /** Neither ours nor the address for copies. */
    private Set<String> outside(List<String> addresses) {
        Set<String> own = correspondents.ownDomains();
        Set<String> outside = new LinkedHashSet<>();
        for (String address : addresses) {
            String lower = address.toLowerCase(Locale.ROOT);
            boolean ours = own.contains(lower.substring(lower.lastIndexOf('@') + 1))
                    || settings.isAmong(List.of(lower), List.of())
                    || lower.equals(mail.from());
            if (!ours && lower.indexOf('@') > 0 && outside.size() < MOST_ADDRESSES) {
                outside.add(lower);
            }
        }
        return outside;
    }

    private static List<String> forwardedFrom(IncomingLetter letter) {
        for (String text : List.of(letter.text(), letter.quoted())) {
            Matcher from = FORWARDED.matcher(Captured.cut(text, Captured.LONGEST_BODY));
            if (from.find()) {
                return List.of(from.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return List.of();
    }
}
