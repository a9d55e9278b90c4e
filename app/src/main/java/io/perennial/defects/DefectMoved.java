package io.perennial.defects;

/** Somebody went on with it since the page was shown. Nothing was done; the message says who did what. */
public final class DefectMoved extends RuntimeException {

    public DefectMoved(String message) {
        super(message);
    }
}
