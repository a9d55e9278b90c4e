package io.perennial.platform.database;

/** Why Perennial does not start, in words for the operator: what is wrong and what to do. */
public final class CannotStart extends RuntimeException {

    CannotStart(String message) {
        super(message);
    }
}
