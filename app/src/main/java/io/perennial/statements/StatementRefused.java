package io.perennial.statements;

/** Nothing was kept; the message says why, for the person who asked. */
public final class StatementRefused extends RuntimeException {

    StatementRefused(String message) {
        super(message);
    }
}
