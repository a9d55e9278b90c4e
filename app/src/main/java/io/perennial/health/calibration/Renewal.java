package io.perennial.health.calibration;

import java.time.LocalDate;

/**
 * A renewal that was due and has been decided.
 *
 * @param dueOn the day of the decision: notice when there was one, else the end of the term
 * @param standing as it was 90 days before
 */
public record Renewal(LocalDate dueOn, Standing standing, boolean renewed) {

    String segment() {
        return standing.segment();
    }

    public double score() {
        return standing.score();
    }
}
