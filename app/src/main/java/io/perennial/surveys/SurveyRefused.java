package io.perennial.surveys;

/** What cannot be done with a survey or an answer; the message says why, to people. */
public final class SurveyRefused extends RuntimeException {

    private final String field;

    /** @param field that is wrong, or empty */
    public SurveyRefused(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
