package io.perennial.health.detection;

/**
 * Whether an account asked for help about as often as it usually does.
 *
 * @param pHigh chance of at least as many requests in four weeks if nothing had changed; under .01: too many
 * @param pLow chance of at most as few; under .05 <em>and</em> falling use: too few
 * @param subScore 0..100; ordinary counts cost nothing
 * @param expected4 requests expected in the last four weeks
 * @param actual4 requests in the last four weeks
 */
public record Moderation(double pHigh, double pLow, double subScore, double expected4, int actual4) {}
