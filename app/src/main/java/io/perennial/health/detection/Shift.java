package io.perennial.health.detection;

/**
 * A lasting change of use, in steps of the series.
 *
 * @param over the step on which use was back; the length of the series while the shift stands
 * @param change against the expectation from start to {@code over}
 */
record Shift(int start, int found, int over, double change, double statistic) {}
