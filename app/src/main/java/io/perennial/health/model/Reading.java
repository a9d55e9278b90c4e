package io.perennial.health.model;

import java.time.LocalDate;

/**
 * A measure's value for one account.
 *
 * @param value finite, in the measure's unit
 * @param observedOn the day of the fact behind it; its age decides how much it counts
 * @param evidence a short clause for people, with the numbers
 */
public record Reading(double value, LocalDate observedOn, String evidence) {

    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A reading must be a finite number: " + value);
        }
    }
}
