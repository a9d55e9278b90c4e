package io.perennial.success;

/** Nothing was kept; the message says why, for the person who asked. */
public final class SuccessRefused extends RuntimeException {

    SuccessRefused(String message) {
        super(message);
    }
}
