package io.perennial.mail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.boot.test.context.TestComponent;

/** Stands for the modules that take letters, are told of bounces, and know what readers want. */
@TestComponent
public class Readers implements LetterReceiver, BounceListener, LetterPreference {

    private final List<IncomingLetter> offered = Collections.synchronizedList(new ArrayList<>());
    private final List<Bounce> bounces = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<IncomingLetter> taking = letter -> true;
    private volatile Optional<String> unwanted = Optional.empty();

    void forgetEverything() {
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

    @Override
    public Optional<String> against(Addressed letter) {
        return unwanted;
    }
}
