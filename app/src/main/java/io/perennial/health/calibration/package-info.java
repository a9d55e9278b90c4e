/**
 * What a score is worth in outcomes: ranking, honesty of its chances, and weights learned from renewals that happened.
 * Pure mathematics. Every figure must be made from renewals that were due: counting accounts that had no decision to
 * make turns any calendar into a splendid model.
 */
@org.jspecify.annotations.NullMarked
package io.perennial.health.calibration;
