package io.perennial.health.model;

/** What a score means at a glance. The limits are the model's; see {@link Bands}. */
public enum Band {
    AT_RISK("At risk"),
    WATCH("Watch"),
    HEALTHY("Healthy"),
    /** Not enough data to judge: no colour is shown. */
    UNKNOWN("Not enough data"),
    /** No customer any more: nothing is at risk that could still be saved. */
    LEFT("Left");

    private final String title;

    Band(String title) {
        this.title = title;
    }

    /** Whether the score stands for how a customer is. */
    public boolean judged() {
        return this != UNKNOWN && this != LEFT;
    }

    public String title() {
        return title;
    }
}
