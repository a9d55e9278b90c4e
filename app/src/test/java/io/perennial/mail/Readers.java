package io.perennial.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.boot.test.context.TestComponent;

/** Stands for the modules that take letters, are told of bounces, and know what readers want. */
@TestComponent
public class Readers implements LetterReceiver, BounceListener, ComplaintListener, LetterPreference {

    private final List<IncomingLetter> offered = Collections.synchronizedList(new ArrayList<>());
    private final List<Bounce> bounces = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<IncomingLetter> taking = letter -> true;
    private final List<Complaint> complaints = Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<String> unwanted = Optional.empty();
    private volatile Optional<Later> later = Optional.empty();

    public void forgetEverything() {
        complaints.clear();
        later = Optional.empty();
        offered.clear();
        bounces.clear();
        taking = letter -> true;
        unwanted = Optional.empty();
    }

    public void take(Predicate<IncomingLetter> which) {
        taking = which;
    }

    public void want(Optional<String> reasonAgainst) {
        unwanted = reasonAgainst;
    }

    /** A letter to somebody, as those who speak for its reader see it. */
    public static Addressed letter(String purpose, String to, UUID contact) {
        return new Addressed(UUID.randomUUID(), "key", purpose, Purpose.SERVICE, to, null, contact, Instant.EPOCH);
    }

    public List<IncomingLetter> offered() {
        return List.copyOf(offered);
    }

    public List<Bounce> bounces() {
        return List.copyOf(bounces);
    }

    @Override
    public boolean receive(IncomingLetter letter) {
        offered.add(letter);
        return taking.test(letter);
    }

    @Override
    public void bounced(Bounce bounce) {
        bounces.add(bounce);
    }

    public void wantLater(Optional<Later> when) {
        later = when;
    }

    public List<Complaint> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void complained(Complaint complaint) {
        complaints.add(complaint);
    }

    @Override
    public Optional<Later> later(Addressed letter) {
        return later;
    }

    @Override
    public Optional<String> against(Addressed letter) {
        return unwanted;
    }
}
