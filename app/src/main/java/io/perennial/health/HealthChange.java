package io.perennial.health;

import java.util.List;

/**
 * What moved a score since a day: exact, the points sum to the total.
 *
 * @param total points by which the score moved
 * @param shifts the biggest first
 */
public record HealthChange(double total, List<Shift> shifts) {

    /** @param title of the measure, or what the segment itself did */
    public record Shift(String measure, String title, double points) {}
}
