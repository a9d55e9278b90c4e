package io.perennial.health.model;

/** What a score means at a glance. The limits are the model's; see {@link Bands}. */
public enum Band {
    AT_RISK("At risk"),
    WATCH("Watch"),
    HEALTHY("Healthy"),
    /** Not enough data to judge: no colour is shown. */
    UNKNOWN("Not enough data");

    private final String title;

    Band(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
