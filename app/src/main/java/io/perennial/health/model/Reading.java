package io.perennial.health.model;

import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A measure's value for one account. Its evidence is put into words when somebody asks: a recompute of all accounts
 * needs the numbers of every measure and the words of very few.
 */
public final class Reading {

    private final double value;
    private final LocalDate observedOn;
    private final Supplier<String> evidence;

    /**
     * @param value finite, in the measure's unit
     * @param observedOn the day of the fact behind it; its age decides how much it counts
     * @param evidence a short clause for people, with the numbers; the same whenever asked
     */
    public Reading(double value, LocalDate observedOn, Supplier<String> evidence) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A reading must be a finite number: " + value);
        }
        this.value = value;
        this.observedOn = observedOn;
        this.evidence = evidence;
    }

    public Reading(double value, LocalDate observedOn, String evidence) {
        this(value, observedOn, () -> evidence);
    }

    public double value() {
        return value;
    }

    public LocalDate observedOn() {
        return observedOn;
    }

    public String evidence() {
        return evidence.get();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reading reading
                && Double.compare(value, reading.value) == 0
                && observedOn.equals(reading.observedOn)
                && evidence().equals(reading.evidence());
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, observedOn);
    }

    @Override
    public String toString() {
        return value + " on " + observedOn + ": " + evidence();
    }
}
