package io.perennial.platform.records;

/** A value that its column cannot hold; the code is stable, the message says what would be right. */
final class BadValue extends Exception {

    private final String code;

    BadValue(String code, String message) {
        // Files can hold a million bad cells: no stack traces.
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
