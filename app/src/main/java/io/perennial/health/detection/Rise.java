package io.perennial.health.detection;

import java.time.LocalDate;

/**
 * Usage rose above what the account itself and everybody else's days let expect: a sign of expansion.
 *
 * @param startedOn estimated first day of the growth
 * @param foundOn the day on which the evidence was enough
 * @param change against the expectation since then, 0.6 = 60 % more
 * @param statistic how strong the evidence was on the day it was found
 */
public record Rise(LocalDate startedOn, LocalDate foundOn, double change, double statistic) {}
