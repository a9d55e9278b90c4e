package io.perennial.platform.imports;

/** A mapping that cannot be used; the message says what would be right. Answered with 422. */
public final class MappingProblem extends RuntimeException {

    private final String code;

    public MappingProblem(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Stable, e.g. {@code not_importable}. */
    public String code() {
        return code;
    }
}
