package io.perennial.cases.desk;

/** Somebody went on with the case since the page was shown. Nothing was done; the message says who did what. */
public final class CaseMoved extends RuntimeException {

    CaseMoved(String message) {
        super(message);
    }
}
