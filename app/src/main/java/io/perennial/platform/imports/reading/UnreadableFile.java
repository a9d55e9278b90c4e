package io.perennial.platform.imports.reading;

/** The file as a whole cannot be taken; the message says why and what would help. */
public final class UnreadableFile extends RuntimeException {

    private final String code;

    public UnreadableFile(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Stable, e.g. {@code unsafe_workbook}. */
    public String code() {
        return code;
    }
}
