package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;

/**
 * What is known about an account at one instant, and what the model says to it.
 *
 * @param usual fingerprint of the segment means it was compared with
 */
public record Assessment(AccountId account, ModelVersion model, AccountReadings readings, Score score, int usual) {}
