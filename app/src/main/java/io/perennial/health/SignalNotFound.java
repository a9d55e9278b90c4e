package io.perennial.health;

/** There is no such signal, or the viewer may not see its account. */
public class SignalNotFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    SignalNotFound() {
        super("There is no such signal; it may belong to an account outside your portfolio.");
    }
}
