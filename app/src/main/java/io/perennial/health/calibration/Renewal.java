package io.perennial.health.calibration;

import java.time.LocalDate;

/**
 * A renewal that was due and has been decided.
 *
 * @param dueOn the day of the decision: notice when there was one, else the end of the term
 * @param score the health score as it stood 90 days before, 0..100
 * @param coverage how much of that score was known, 0..1
 */
public record Renewal(String segment, LocalDate dueOn, double score, double coverage, boolean renewed) {}
