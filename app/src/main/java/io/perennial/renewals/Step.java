package io.perennial.renewals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which letter about a renewal. */
public enum Step {
    NOTICE("Notice", "notice"),
    REMINDER1("First reminder", "reminder"),
    REMINDER2("Second reminder", "reminder");

    /** Between a letter and the reminder of it. */
    static final int DAYS_BETWEEN = 14;

    private final String title;
    private final String template;

    Step(String title, String template) {
        this.title = title;
        this.template = template;
    }

    public static Optional<Step> find(String key) {
        return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** Which text it has. */
    String template() {
        return template;
    }

    public boolean isReminder() {
        return this != NOTICE;
    }

    String purpose() {
        return isReminder() ? "renewal-reminder" : "renewal-notice";
    }

    /** What makes it the same letter when it is sent again. */
    String letterKey(java.util.UUID renewal, java.util.UUID contact) {
        return "renewal:" + renewal + ":" + key() + ":" + contact;
    }
}
