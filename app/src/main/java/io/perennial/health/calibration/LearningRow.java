package io.perennial.health.calibration;

import java.time.LocalDate;
import java.util.Map;

/**
 * A decided renewal with what was known 90 days before it was due.
 *
 * @param account for showing and for resampling whole accounts
 * @param counted what each measure counted in the score then, 0..100 (the norm where nothing was known)
 */
public record LearningRow(
        String account, String segment, LocalDate dueOn, Map<String, Double> counted, boolean renewed) {}
