package io.perennial.cancellations;

/** Nothing was written; the message says why and what would be right. */
public final class CannotRecord extends RuntimeException {

    private final String field;

    /** @param field of the form that it is about; empty for the whole */
    public CannotRecord(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
