package io.perennial.health.detection;

import java.time.LocalDate;

/**
 * Usage fell below what the account itself and everybody else's days let expect.
 *
 * @param startedOn estimated first day of the fall
 * @param foundOn the day on which the evidence was enough
 * @param change against the expectation since then, -0.41 = 41 % less
 * @param statistic how strong the evidence was on the day it was found; see {@link FallingUsage}
 */
public record Drop(LocalDate startedOn, LocalDate foundOn, double change, double statistic) {}
