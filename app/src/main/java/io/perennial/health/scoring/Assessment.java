package io.perennial.health.scoring;

import io.perennial.health.model.AccountReadings;
import io.perennial.health.model.Score;
import io.perennial.shared.AccountId;

/** What is known about an account at one instant, and what the model says to it. */
public record Assessment(AccountId account, ModelVersion model, AccountReadings readings, Score score) {}
