package io.perennial.health.detection;

/**
 * How often accounts like this one ask for help.
 *
 * @param mean requests per week and unit of exposure, over the cohort
 * @param variance of the accounts' own weekly rates around that mean (without the noise of counting)
 */
public record CohortMoments(double mean, double variance) {}
