package io.perennial.defects;

/** Nothing was done; the message says why, and what to do. */
public final class DefectRefused extends RuntimeException {

    public DefectRefused(String message) {
        super(message);
    }
}
