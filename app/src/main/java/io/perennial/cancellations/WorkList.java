package io.perennial.cancellations;

import java.util.Arrays;
import java.util.Optional;

/** The customers to work on, each list with the sentence that says who stands on it. */
public enum WorkList {
    STILL_ACTIVE(
            "still-active",
            "Still active",
            "save",
            "Customers who cancelled and were active in the product in the last 28 days: after the notice, or after the end."
                    + " Call them; letters are not enough."),
    AT_RISK(
            "at-risk",
            "At risk of cancelling",
            "save",
            "Customers without a notice who look like leaving: somebody who spoke with them said restless or angry, or an urgent"
                    + " signal, two of any kind, or one with the renewal within 120 days."),
    WIN_BACK(
            "win-back",
            "Win-back due",
            "win_back",
            "Customers who left for a reason that makes a return plausible, so long ago as the rules say for that reason,"
                    + " and whom nobody asked since.");

    private final String key;
    private final String title;
    private final String purpose;
    private final String meaning;

    WorkList(String key, String title, String purpose, String meaning) {
        this.key = key;
        this.title = title;
        this.purpose = purpose;
        this.meaning = meaning;
    }

    /** In addresses. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** Of the attempts that are made from it. */
    public String purpose() {
        return purpose;
    }

    public String meaning() {
        return meaning;
    }

    public static Optional<WorkList> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }
}
