package io.perennial.renewals;

/** Nothing was done; the message says why, and what to do. */
public final class RenewalRefused extends RuntimeException {

    public RenewalRefused(String message) {
        super(message);
    }
}
