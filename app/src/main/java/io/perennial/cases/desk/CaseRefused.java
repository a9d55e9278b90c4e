package io.perennial.cases.desk;

/** Nothing was done; the message says why, and what to do. */
public final class CaseRefused extends RuntimeException {

    CaseRefused(String message) {
        super(message);
    }
}
