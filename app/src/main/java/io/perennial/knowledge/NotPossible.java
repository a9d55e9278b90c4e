package io.perennial.knowledge;

/** What was asked for cannot be done; the message says why and what to do. */
public class NotPossible extends RuntimeException {

    public NotPossible(String message) {
        super(message);
    }
}
