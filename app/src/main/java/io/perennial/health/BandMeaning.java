package io.perennial.health;

import io.perennial.health.model.Band;

/**
 * How renewals ended for accounts that were in a band 90 days before.
 *
 * @param lost share 0..1 of them that was not renewed
 * @param low lower end of the 90 % interval of that share
 * @param high upper end
 */
public record BandMeaning(Band band, int decided, double lost, double low, double high) {}
