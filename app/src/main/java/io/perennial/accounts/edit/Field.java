package io.perennial.accounts.edit;

import io.perennial.accounts.list.ListColumn;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be edited from the table and the account page. */
public enum Field {
    OWNER("Owner", ListColumn.OWNER_NAME, "owner_id"),
    SEGMENT("Segment", ListColumn.SEGMENT, "segment"),
    STAGE("Stage", ListColumn.STAGE, "stage"),
    INDUSTRY("Industry", ListColumn.INDUSTRY, "industry"),
    COUNTRY("Country", ListColumn.COUNTRY, "country"),
    NEXT_STEP("Next step", ListColumn.NEXT_STEP, "next_step"),
    NEXT_STEP_ON("Next step due", ListColumn.NEXT_STEP_ON, "next_step_on");

    private final String title;
    private final ListColumn shownIn;
    private final String stored;

    Field(String title, ListColumn shownIn, String stored) {
        this.title = title;
        this.shownIn = shownIn;
        this.stored = stored;
    }

    public String title() {
        return title;
    }

    /** Name of the column of the record type, and in addresses. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the browser asks for it: {@code person}, {@code date} or {@code text}. */
    public String input() {
        return this == OWNER ? "person" : this == NEXT_STEP_ON ? "date" : "text";
    }

    /** Column of the account table. */
    String stored() {
        return stored;
    }

    /** The value as text, over {@code accounts.account a} and its owner {@code m}. */
    String sql() {
        return this == OWNER ? "m.name" : "a." + stored + "::text";
    }

    public static Optional<Field> named(String column) {
        return Arrays.stream(values())
                .filter(field -> field.column().equals(column))
                .findFirst();
    }

    /** The field that a column of the table shows, when it can be edited there. */
    public static Optional<Field> of(ListColumn column) {
        return Arrays.stream(values()).filter(field -> field.shownIn == column).findFirst();
    }
}
