package io.perennial.metrics;

/** A number that was sent cannot be used; names it. */
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final String field;
    private final String code;
    private final String value;

    public BadInput(String field, String code, String message, String value) {
        super(message, null, false, false);
        this.field = field;
        this.code = code;
        this.value = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    public String field() {
        return field;
    }

    public String code() {
        return code;
    }

    public String value() {
        return value;
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
