package io.perennial.accounts.edit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be edited from the table and the account page. */
public enum Field {
    OWNER("Owner"),
    SEGMENT("Segment"),
    STAGE("Stage"),
    NEXT_STEP("Next step"),
    NEXT_STEP_ON("Next step due");

    private final String title;

    Field(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Name of the column of the record type. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Field> named(String column) {
        return Arrays.stream(values())
                .filter(field -> field.column().equals(column))
                .findFirst();
    }
}
