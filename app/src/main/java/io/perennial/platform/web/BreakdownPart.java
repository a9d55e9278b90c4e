package io.perennial.platform.web;

/**
 * One line of the health breakdown.
 *
 * @param earned points this part brings, 0 to {@code possible}
 * @param possible points it could bring
 * @param evidence one sentence with the numbers behind it
 */
public record BreakdownPart(String title, double earned, double possible, String band, String evidence) {}
