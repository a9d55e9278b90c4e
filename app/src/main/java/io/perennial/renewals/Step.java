package io.perennial.renewals;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which letter about a renewal. */
public enum Step {
    NOTICE("Notice", Paper.NOTICE),
    REMINDER1("First reminder", Paper.REMINDER),
    REMINDER2("Second reminder", Paper.REMINDER);

    /** Between a letter and the reminder of it. */
    static final int DAYS_BETWEEN = 14;

    private final String title;
    private final Paper paper;

    Step(String title, Paper paper) {
        this.title = title;
        this.paper = paper;
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
    Paper paper() {
        return paper;
    }

    public boolean isReminder() {
        return this != NOTICE;
    }

    String purpose() {
        return isReminder() ? "renewal-reminder" : "renewal-notice";
    }
}
