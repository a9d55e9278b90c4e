package io.perennial.surveys;

/** Who asks. */
public enum AskingSource {
    SURVEY("survey", "Survey"),
    CASE("case", "After a solved case"),
    EXIT("exit", "Exit survey");

    private final String key;
    private final String title;

    AskingSource(String key, String title) {
        this.key = key;
        this.title = title;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }
}
