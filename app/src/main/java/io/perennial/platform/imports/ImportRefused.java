package io.perennial.platform.imports;

import java.util.List;

/** An import that cannot start as it is; the questions say what is missing. Answered with 422. */
public final class ImportRefused extends RuntimeException {

    private final String code;
    private final List<Question> questions;

    public ImportRefused(String code, String message, List<Question> questions) {
        super(message);
        this.code = code;
        this.questions = List.copyOf(questions);
    }

    /** Stable, e.g. {@code questions_open}. */
    public String code() {
        return code;
    }

    public List<Question> questions() {
        return questions;
    }
}
