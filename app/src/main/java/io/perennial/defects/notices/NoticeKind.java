package io.perennial.defects.notices;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a notice is about; readers choose for each how they want to hear of it. */
public enum NoticeKind {
    KNOWN_ISSUE("known-issue", "Known issue", "known_issue", "known issues and their repair"),
    UPDATE("update", "Update", "news", "news and updates"),
    MAINTENANCE("maintenance", "Maintenance", "maintenance", "maintenance"),
    /** Goes to those who asked to hear of this very defect. */
    FIX("fix", "Fix released", "known_issue", "known issues and their repair");

    /** What a reader chooses about, in the order of the page. */
    public static final List<NoticeKind> CHOSEN = List.of(KNOWN_ISSUE, MAINTENANCE, UPDATE);

    private final String key;
    private final String title;
    private final String wish;
    private final String about;

    NoticeKind(String key, String title, String wish, String about) {
        this.key = key;
        this.title = title;
        this.wish = wish;
        this.about = about;
    }

    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** Column of the reader's wishes that says how often. */
    String wish() {
        return wish;
    }

    /** {@code letters about ...}. */
    public String about() {
        return about;
    }

    public static Optional<NoticeKind> find(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
